declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** A check is asked of people, for longer, or not any more: what they see changes. */
		'check.asked': { askingId: string; itemId: string };
		'check.asking_changed': { askingId: string; itemId: string };
	}
}

export {};
