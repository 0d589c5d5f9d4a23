import { mount, tick } from 'svelte';
import { add } from './toast-list.svelte.ts';

let place: Promise<unknown> | undefined;

/**
 * Says that something was done, for a few seconds, and how to take it back. Where it appears is made by the first, so
 * that pages without need not load it.
 * @example toast('Archived.', { undo: restore })
 */
export async function toast(message: string, { undo }: { undo?: () => void } = {}): Promise<void> {
	place ??= import('./Toaster.svelte').then(({ default: Toaster }) => mount(Toaster, { target: document.body }));
	await place;
	// What is said must come after its place is there, or no screen reader reads it.
	await tick();
	add(message, undo);
}
