"""`python -m nuserus` is the command `nuserus`."""

from nuserus.config.command import main

if __name__ == "__main__":
    raise SystemExit(main())
