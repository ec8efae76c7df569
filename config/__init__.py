"""The four configuration files, their validation, and Scrapy's settings made from them."""
