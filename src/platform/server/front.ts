import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers a request at once where what was sent before still holds. @returns whether it did */
export type Front = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

const PLACE = Symbol.for('trellis.front');
const place = globalThis as { [PLACE]?: Front };

/** Started from its source, the server has other copies of modules than the built pages: they meet in the process. */
export const setFront = (front: Front | undefined): void => void (place[PLACE] = front);

export const front = (): Front | undefined => place[PLACE];
