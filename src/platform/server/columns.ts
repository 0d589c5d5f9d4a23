import { timestamp } from 'drizzle-orm/pg-core';

/** A point in time; every time column has a zone. */
export const moment = (name: string) => timestamp(name, { withTimezone: true });
