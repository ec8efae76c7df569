"""A file for each site that needs a spider of its own; `scrapy list` finds what is here."""
