export interface Toast {
	id: number;
	message: string;
	/** Takes back what was done. */
	undo?: () => void;
}

const SHOWN_FOR = 8_000;

let toasts = $state<Toast[]>([]);
let count = 0;

/** What is being said now, the newest last. */
export const currentToasts = (): readonly Toast[] => toasts;

/**
 * Says that something was done, for a few seconds, and how to take it back.
 * @example toast('Archived.', { undo: restore })
 */
export function toast(message: string, { undo }: { undo?: () => void } = {}): void {
	const id = ++count;
	toasts = [...toasts.slice(-2), { id, message, undo }];
	setTimeout(() => dismiss(id), SHOWN_FOR);
}

export function dismiss(id: number): void {
	toasts = toasts.filter((each) => each.id !== id);
}
