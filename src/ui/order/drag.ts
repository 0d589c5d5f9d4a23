/**
 * Lets the lines of a list be put into another order with the mouse. Each line carries
 * `data-drag` with its id; the buttons beside it do the same without a mouse.
 * @param drop called with the line and its new place, counted from 1
 */
export const dragLines = (drop: (id: string, to: number) => void) => (list: HTMLElement) => {
	const stop = new AbortController();
	const listen = <K extends keyof HTMLElementEventMap>(type: K, heard: (event: HTMLElementEventMap[K]) => void) =>
		list.addEventListener(type, heard, { signal: stop.signal });
	const lineOf = (target: EventTarget | null) =>
		(target as Element | null)?.closest<HTMLElement>('[data-drag]') ?? null;
	const linesOf = () => [...list.querySelectorAll<HTMLElement>('[data-drag]')];
	let dragged: HTMLElement | null = null;
	const mark = (line: HTMLElement | null) => {
		for (const each of linesOf()) each.toggleAttribute('data-over', each === line);
	};

	listen('dragstart', (event) => {
		dragged = (event.target as Element).matches('[data-drag]') ? lineOf(event.target) : null;
		if (!dragged || !event.dataTransfer) return;
		event.dataTransfer.effectAllowed = 'move';
		event.dataTransfer.setData('text/plain', dragged.dataset.drag!);
	});
	listen('dragover', (event) => {
		if (!dragged) return;
		event.preventDefault();
		mark(lineOf(event.target));
	});
	listen('drop', (event) => {
		const over = lineOf(event.target);
		if (!dragged || !over) return;
		event.preventDefault();
		if (over !== dragged) drop(dragged.dataset.drag!, linesOf().indexOf(over) + 1);
	});
	listen('dragend', () => {
		dragged = null;
		mark(null);
	});
	return () => stop.abort();
};
