"""Near-duplicate documents and passages, and the way of labels from one copy to another.

Documents are compared by their bodies, which the caller cuts out: page furniture is the same on all pages of a site.
"""
