"""Settings of the measured site: those of the product, and one more address."""

from nuserus.config import settings as product

globals().update({name: getattr(product, name) for name in dir(product) if name.isupper()})
ROOT_URLCONF = "bench.urls"
