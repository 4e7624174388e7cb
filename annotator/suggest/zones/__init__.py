"""What each line of a page is: the article, page furniture or another article; by rules, from the plain text alone."""
