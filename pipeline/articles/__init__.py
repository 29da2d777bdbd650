"""Reads the structure of an article: bytes to sections and blocks with exact offsets."""

from pipeline.articles.errors import ArticleError
from pipeline.articles.read import read_article

__all__ = ["ArticleError", "read_article"]
