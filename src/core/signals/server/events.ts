import { enqueue } from '#src/platform/server/jobs.ts';
import type { Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';

/**
 * What can happen, and what is told of it. A capability adds its own by declaration
 * merging: `declare module '#src/core/signals/server/events.ts' { interface Events { … } }`.
 */
export interface Events {
	'item.created': { itemId: string; kind: string; spaceId: string; parentId: string | null; actorId: string };
	'item.edited': { itemId: string; kind: string; version: number; actorId: string };
	'item.state_changed': { itemId: string; kind: string; state: string; actorId: string };
	/** Many items were written or changed at once, without an event for each: indexes catch up with those they lack. */
	'items.imported': { source: string };
	'space.joined': { spaceId: string; personId: string };
	'space.requested': { spaceId: string; personId: string };
}

export type EventName = keyof Events;
export type EventOf<N extends EventName> = { id: string; name: N; at: string } & Events[N];
type Subscriber<N extends EventName> = (event: EventOf<N>) => Promise<void>;
type Companion<N extends EventName> = (tx: Db, event: Events[N]) => Promise<void>;

export const EVENT_QUEUE = 'event';
const subscribers = new Map<string, Subscriber<never>[]>();
const companions = new Map<string, Companion<never>[]>();

/**
 * Writes an event in the transaction of the change it tells of. Subscribers run from
 * the queue, at least once each: they make a repetition harmless by `event.id`.
 */
export async function emit<N extends EventName>(tx: Db, name: N, payload: Events[N]): Promise<void> {
	for (const companion of companions.get(name) ?? []) await companion(tx, payload as never);
	await enqueue(tx, EVENT_QUEUE, { id: newId(), name, at: new Date().toISOString(), ...payload });
}

/** Adds a reaction to an event; called once at start by the composition. */
export function subscribe<N extends EventName>(name: N, subscriber: Subscriber<N>): void {
	subscribers.set(name, [...(subscribers.get(name) ?? []), subscriber as Subscriber<never>]);
}

/**
 * Adds what must happen in the same transaction as the event, such as a count that may
 * never be seen wrong. Everything that can wait belongs in `subscribe`.
 */
export function accompany<N extends EventName>(name: N, companion: Companion<N>): void {
	companions.set(name, [...(companions.get(name) ?? []), companion as Companion<never>]);
}

/** Hands an event to its subscribers, one after the other: the job behind `EVENT_QUEUE`. */
export async function dispatch(event: EventOf<EventName>): Promise<void> {
	for (const subscriber of subscribers.get(event.name) ?? []) await subscriber(event as never);
}
