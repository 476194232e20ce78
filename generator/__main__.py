"""`python -m generator` is `noticegen`."""

from generator.cli import run

if __name__ == "__main__":  # the workers of a batch import it too
    run()
