from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.annotation import Annotation
from annotator.model.state import AnnotationState, reading_order
from annotator.text.pages import DocumentLayout
from annotator.tui.stops import next_stop


TEXT = "قال وزير النقل\nإن الجسر آمن"

SPANS = st.lists(st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 9), st.booleans()), max_size=8)


@settings(deadline=None, max_examples=100)
@given(SPANS, st.integers(0, len(TEXT) - 1), st.sampled_from([1, -1]))
def test_a_walk_meets_everything_once(spans: list[tuple[int, int, bool]], cursor: int, step: int) -> None:
    found = [(Annotation(f"{n}", a, min(a + w, len(TEXT)), "claim"), made) for n, (a, w, made) in enumerate(spans)]
    made = tuple(one for one, is_made in found if is_made)
    proposed = tuple(one for one, is_made in found if not is_made)
    ordered = sorted((one for one, _ in found), key=reading_order)
    ahead = [one for one in ordered if (one.start >= cursor if step > 0 else one.start > cursor)]
    wanted = [one.id for one in (*ahead, *ordered[: len(ordered) - len(ahead)])]
    if step < 0:
        before = [one.id for one in reversed(ordered[: len(ordered) - len(ahead)])]
        wanted = [*before, *(one.id for one in reversed(ahead))]
    here: Annotation | int = cursor
    met = []
    for _ in found:
        one = next_stop(DocumentLayout(TEXT, 40), AnnotationState.of(made), AnnotationState.of(proposed), here, step)
        assert one is not None
        met.append(one.id)
        here = one
    assert met == wanted
