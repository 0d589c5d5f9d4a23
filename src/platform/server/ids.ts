import { v7 } from 'uuid';

/** A new id: UUID version 7 (RFC 9562), so ids sort by time of creation. */
export const newId = (): string => v7();

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text from outside is an id at all; ask before it reaches a query. */
export const isId = (value: string): boolean => uuid.test(value);
