declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** The date until which an aid was said to hold comes or has passed. */
		'aid.verify_due': { itemId: string; ownerId: string };
		'aid.handed_over': { itemId: string; ownerId: string; actorId: string };
	}
}

export {};
