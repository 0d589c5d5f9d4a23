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

/** Says one more for a few seconds; of many the last three. */
export function add(message: string, undo?: () => void): void {
	const id = ++count;
	toasts = [...toasts.slice(-2), { id, message, undo }];
	setTimeout(() => dismiss(id), SHOWN_FOR);
}

export function dismiss(id: number): void {
	toasts = toasts.filter((each) => each.id !== id);
}
