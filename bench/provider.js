import { once } from 'node:events';
import { createServer } from 'node:http';

/** @import { ServerResponse } from 'node:http' */
/** @import { AddressInfo } from 'node:net' */

/** @param {object} data */
export function event(data) {
  return `data: ${JSON.stringify(data)}\n\n`;
}

/** The last event of an answer. */
const end = event({ type: 'response.completed', response: { status: 'completed' } });

/**
 * A provider whose answers this function writes, without their last event.
 * @param {(question: string, response: ServerResponse) => unknown} write
 */
export async function startProvider(write) {
  const server = createServer(async (request, response) => {
    let question = '';
    for await (const chunk of request) question += chunk;
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    await write(question, response);
    response.end(end);
  }).listen(0, '127.0.0.1', 4096);
  await once(server, 'listening');
  const { port } = /** @type {AddressInfo} */ (server.address());
  return { base: `http://127.0.0.1:${port}/v1`, close: () => server.close() };
}

/**
 * Writes events with a pause after each.
 * @param {ServerResponse} response
 * @param {string[]} events
 * @param {number} pauseMs
 */
export async function writePaced(response, events, pauseMs) {
  for (const each of events) {
    if (response.closed) return;
    response.write(each);
    await new Promise(resolve => setTimeout(resolve, pauseMs));
  }
}
