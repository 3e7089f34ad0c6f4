"""A typical relay in Python: FastAPI, httpx, one generator."""

import json
import os

import httpx
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

PROVIDER = os.environ["PROVIDER"]

app = FastAPI()
client = httpx.AsyncClient(timeout=None, limits=httpx.Limits(max_connections=None))


class Message(BaseModel):
    role: str
    content: str


class Chat(BaseModel):
    messages: list[Message]


@app.get("/health")
async def health():
    return {"status": "ok"}


@app.post("/v1/chat")
async def chat(request: Chat):
    body = {
        "model": "bench",
        "input": [{"type": "message", **message.dict()} for message in request.messages],
        "stream": True,
    }

    async def events():
        async with client.stream("POST", PROVIDER + "/responses", json=body) as response:
            async for line in response.aiter_lines():
                if not line.startswith("data: "):
                    continue
                event = json.loads(line[6:])
                if event["type"] == "response.output_text.delta":
                    yield sse(event["type"], {"type": event["type"], "delta": event["delta"]})
                elif event["type"] == "response.completed":
                    yield sse(event["type"], {"type": event["type"]})

    return StreamingResponse(events(), media_type="text/event-stream")


def sse(name, data):
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"
