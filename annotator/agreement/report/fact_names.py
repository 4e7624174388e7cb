"""What the facts of a report, and some of their values, are called where people read them."""

from __future__ import annotations

from annotator.errors import N_


FACTS = {
    "documents": N_("Documents"),
    "annotators": N_("Annotators"),
    "spans": N_("Spans"),
    "hidden_spans_left_out": N_("Hidden spans left out"),
    "labels": N_("Labels"),
    "schema": N_("Schema"),
    "offset_unit": N_("Unit of offsets"),
    "documents_with_gold": N_("Documents with gold"),
    "gamma_samples": N_("Chance samples of γ"),
    "gamma_sampler": N_("Sampler of γ"),
    "gamma_alpha": N_("α of γ"),
    "gamma_beta": N_("β of γ"),
    "gamma_delta": N_("Δ of γ"),
    "bootstrap_resamples": N_("Bootstrap resamples"),
    "seed": N_("Seed"),
    "status": N_("Work compared"),
    "documents_with_one_annotator_left_out": N_("Documents of one annotator left out"),
    "unfinished_work_left_out": N_("Unfinished work left out"),
    "documents_with_unsettled_gold_left_out": N_("Documents with unsettled gold left out"),
}

WORDS = {"labels": {"all": N_("all")}, "status": {"any": N_("any"), "done": N_("done")}}
"""The values of facts that are words of the report and not data."""


def fact_name(name: str) -> str:
    """The name of a fact in English, which the catalogue has where it is one of `FACTS`."""
    return FACTS.get(name, name.replace("_", " "))


def is_word(name: str, value: str) -> bool:
    """Whether the value of a fact is a word of the report, to be said in the reader's language."""
    return value in WORDS.get(name, {})
