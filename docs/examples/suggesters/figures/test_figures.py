"""The tests that every suggester should pass, for this one."""

import pytest
from figures import FiguresSuggester

from annotator.suggest.conformance import SuggesterConformance


class TestFigures(SuggesterConformance):
    """All of them."""

    @pytest.fixture
    def suggester(self):
        """What is tested."""
        return FiguresSuggester()
