#!/usr/bin/env python3
"""Trims Discord's API description to what the bot uses.

usage: .ci/openapi.py openapi.json > bot/discord/discordtest/openapi.json

The whole document is at https://github.com/discord/discord-api-spec (MIT, see
openapi.LICENSE beside the trimmed one). Kept are the endpoints below, what their
requests may hold, and the schemas that those lead to. Texts for people go.
"""

import json
import sys

ENDPOINTS = {
    "/applications/@me": ["get"],
    "/applications/{application_id}/commands": ["get", "put"],
    "/applications/{application_id}/guilds/{guild_id}/commands": ["get", "put"],
    "/channels/{channel_id}/messages": ["post"],
    "/channels/{channel_id}/messages/{message_id}": ["patch", "delete"],
    "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": ["put", "delete"],
    "/channels/{channel_id}/typing": ["post"],
    "/gateway": ["get"],
    "/gateway/bot": ["get"],
    "/guilds/{guild_id}/roles": ["get"],
    "/users/@me/guilds": ["get"],
    "/interactions/{interaction_id}/{interaction_token}/callback": ["post"],
    "/webhooks/{webhook_id}/{webhook_token}/messages/@original": ["delete"],
}


def trimmed(v, names=False):
    """v without what says nothing about a request. names: the keys are names."""
    if isinstance(v, list):
        return [trimmed(e) for e in v]
    if not isinstance(v, dict):
        return v
    return {
        k: trimmed(e, not names and k in ("properties", "schemas", "patternProperties"))
        for k, e in v.items()
        if names or not (k in ("description", "title", "examples", "responses", "security", "operationId", "tags") or k.startswith("x-"))
    }


def schemas_in(v):
    if isinstance(v, list):
        for e in v:
            yield from schemas_in(e)
    elif isinstance(v, dict):
        ref = v.get("$ref")
        if isinstance(ref, str) and ref.startswith("#/components/schemas/"):
            yield ref.rsplit("/", 1)[1]
        for e in v.values():
            yield from schemas_in(e)


doc = json.load(open(sys.argv[1]))
paths = {}
for path, methods in ENDPOINTS.items():
    paths[path] = {k: trimmed(v) for k, v in doc["paths"][path].items() if k in methods or k == "parameters"}
    for op in paths[path].values():
        if isinstance(op, dict) and "requestBody" in op:
            content = op["requestBody"]["content"]
            op["requestBody"]["content"] = {k: v for k, v in content.items() if k == "application/json"}
schemas, todo = {}, set(schemas_in(paths))
while todo:
    name = todo.pop()
    schemas[name] = trimmed(doc["components"]["schemas"][name])
    todo |= set(schemas_in(schemas[name])) - schemas.keys()
out = {"openapi": doc["openapi"], "info": {k: doc["info"][k] for k in ("title", "version", "license") if k in doc["info"]},
       "paths": paths, "components": {"schemas": dict(sorted(schemas.items()))}}
json.dump(out, sys.stdout, separators=(",", ":"), sort_keys=False, ensure_ascii=False)
print()
