import { mount, tick } from 'svelte';

export interface Toast {
	id: number;
	message: string;
	/** Takes back what was done. */
	undo?: () => void;
}

const SHOWN_FOR = 8_000;

let toasts = $state<Toast[]>([]);
let count = 0;
let place: Promise<unknown> | undefined;

/** What is being said now, the newest last. */
export const currentToasts = (): readonly Toast[] => toasts;

/**
 * Says that something was done, for a few seconds, and how to take it back. Where it appears is made by the first, so
 * that pages without need not load it.
 * @example toast('Archived.', { undo: restore })
 */
export async function toast(message: string, { undo }: { undo?: () => void } = {}): Promise<void> {
	const id = ++count;
	// What is said must come after its place is there, or no screen reader reads it.
	await (place ??= import('./Toaster.svelte').then(({ default: Toaster }) =>
		mount(Toaster, { target: document.body })
	));
	await tick();
	toasts = [...toasts.slice(-2), { id, message, undo }];
	setTimeout(() => dismiss(id), SHOWN_FOR);
}

export function dismiss(id: number): void {
	toasts = toasts.filter((each) => each.id !== id);
}
