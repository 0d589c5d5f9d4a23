import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db, SQL } from '#src/platform/server/db.ts';

/** Something that comes to people otherwise than as a notification: the room that sends it says what came and how it ends. */
export interface OtherWay {
	/** `tips`: what each of them is called is this, a dot, and the id of its item. */
	name: string;
	/** As a list of kinds names it. */
	label: string;
	/** What the button that ends one of them says. */
	stopLabel: string;
	/** All that came: a query of `person_id`, `space_id`, `item_id`, `at`, `way` (mail or chat) and `choice` (see choice.ts). */
	came: SQL;
	/** The mails of it that were sent: a query of `person_id`, `item_id`, `part` (of the item: one tip) and `at`. */
	mailed: SQL;
	/**
	 * Takes back what waits for somebody, and keeps more from being made until the transaction ends.
	 * @returns whether one is on its way
	 */
	recall(tx: Db, personId: string): Promise<boolean>;
	/** Ends it for the viewer; again does no harm. */
	stop(db: Db, viewer: Viewer, itemId: string): Promise<void>;
}

const ways: OtherWay[] = [];

/** A room says once, when it is wired, what it sends by itself. */
export const registerOtherWay = (way: OtherWay): void =>
	void (ways.some(({ name }) => name === way.name) || ways.push(way));

export const otherWays = (): readonly OtherWay[] => ways;
