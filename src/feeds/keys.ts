/**
 * Lets the keyboard go through a list of entries: j and k move, o or Enter opens, m marks as read, v opens the
 * original. An attachment for the element around them.
 */
export function entryKeys(list: HTMLElement): () => void {
	const move = (event: KeyboardEvent) => {
		const isTyping = (event.target as Element).closest('input, textarea, select, [contenteditable]');
		if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
		const entries = [...list.querySelectorAll<HTMLElement>('[data-entry]')];
		const at = entries.findIndex((entry) => entry.contains(document.activeElement));
		const press = (selector: string) => entries[at]?.querySelector<HTMLElement>(selector)?.click();
		const deeds: Record<string, () => void> = {
			j: () => focus(entries[Math.min(at + 1, entries.length - 1)]),
			k: () => focus(entries[Math.max(at - 1, 0)]),
			o: () => press('h2 a'),
			m: () => {
				focus(entries[at + 1]);
				press('[data-mark]');
			},
			v: () => press('[data-original]')
		};
		deeds[event.key]?.();
	};
	document.addEventListener('keydown', move);
	return () => document.removeEventListener('keydown', move);
}

function focus(entry: HTMLElement | undefined): void {
	const link = entry?.querySelector<HTMLElement>('h2 a');
	link?.focus();
	entry?.scrollIntoView({ block: 'nearest' });
}
