import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers a request at once where what was sent before still holds. @returns whether it did */
export type Front = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

const PLACE = Symbol.for('trellis.front');
const place = globalThis as { [PLACE]?: Front };

/** The server and the built pages have copies of modules of their own: they meet in the process. */
export const setFront = (front: Front | undefined): void => void (place[PLACE] = front);

export const front = (): Front | undefined => place[PLACE];
