"""What schemathesis throws at an address of the API, made when its test runs: made with the collection, every worker makes all of it."""

import os
from functools import cache
from itertools import chain, groupby
from zlib import crc32

import schemathesis
from django.core.wsgi import get_wsgi_application
from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis import GenerationMode
from schemathesis.generation import overrides
from schemathesis.generation.drivers import CoverageGenerator, ExamplesGenerator
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.generation.meta import CoverageScenario

FEW = settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
_ENDPOINTS = [(method.lower(), path) for path, _regex, method, _view in EndpointEnumerator().get_api_endpoints()]
#: (method, path) of all, as the schema writes them; test_fuzzing holds them against it.
ADDRESSES = sorted({(method, path) for method, path in _ENDPOINTS if path.startswith("/api/v1/")})
CREWS = [(method, path) for method, path in ADDRESSES if path.startswith("/api/v1/crew/")]


@cache
def schema():
    found = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
    application = get_wsgi_application()
    # The in-process transport names no address; sign-in throttles need one.
    found.app = lambda environ, start_response: application({**environ, "REMOTE_ADDR": "127.0.0.1"}, start_response)
    return found


def throw(method, path, answer):
    """Calls ``answer`` with the examples of the schema, with what is on the edge of what it allows, and with a few drawn cases."""
    operation = schema()[path][method]
    common = {"operation": operation, "override": overrides.with_config_headers(operation.schema.config, operation=operation)}
    examples, edges = ExamplesGenerator(**common, feedback=FeedbackSources(), fill_missing=False), _on_the_edges(common)
    for case in chain(examples, _one_of_those_alike(edges, path)):
        answer(case)
    assert not [*examples.controller.deferred_errors, *edges.controller.deferred_errors]
    throw_drawn(method, path, answer, FEW)


def throw_drawn(method, path, answer, how_many):
    operation = schema()[path][method]

    @how_many
    @given(strategies.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)))
    def try_it(case):
        answer(case)

    try_it()


def _on_the_edges(common):
    """Boundaries, wrong types, fields that are missing or unknown, one at a time."""
    operation = common["operation"]
    generation = operation.schema.config.generation_for(operation=operation, phase="coverage")
    return CoverageGenerator(
        **common, generation_modes=generation.modes, generation_config=generation, auth_storage=None, feedback=FeedbackSources()
    )


def _one_of_those_alike(cases, path):
    """Of six wrong types of one value, and of seven unknown methods, one, another from field to field; with --long all."""
    if os.environ.get("PROPERTIES") == "long":
        return list(cases)
    groups = [(key, list(found)) for key, found in groupby(sorted(enumerate(cases), key=_sort), key=_sort)]
    return [found[crc32(f"{path} {key}".encode()) % len(found)][1] for key, found in groups]


def _sort(numbered):
    """What a case has in common with those like it; its own number if it is unlike any."""
    number, case = numbered
    data = case.meta.phase.data
    if data.scenario == CoverageScenario.UNSPECIFIED_HTTP_METHOD:
        return f"{data.scenario}"
    if data.scenario == CoverageScenario.INCORRECT_TYPE:
        return f"{data.scenario} {data.parameter_location} {data.parameter} {data.description}"
    return f"{number:04}"
