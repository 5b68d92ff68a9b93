"""How many stories hypothesis tells: few and always the same ones, or many where somebody asks for them."""

from hypothesis import settings

LONG = "long"
"""`HYPOTHESIS_PROFILE=long pytest tests/store -k story`: other ones each time; one that fails says how to repeat it."""


def story_settings(examples: int, steps: int) -> settings:
    """Give the settings of a state machine: so many stories of so many steps, or the long profile's number."""
    if settings.get_current_profile_name() == LONG:
        return settings(stateful_step_count=2 * steps)
    return settings(max_examples=examples, stateful_step_count=steps)
