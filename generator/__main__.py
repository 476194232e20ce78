"""`python -m generator` is `noticegen`."""

from generator.cli import run

run()
