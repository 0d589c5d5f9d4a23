/** Seconds as people read them: `2:05`, `1:02:05`. */
export function clock(seconds: number): string {
	const whole = Math.floor(seconds);
	const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
	return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const two = (value: number) => String(value).padStart(2, '0');

/** `2:05`, `1:02:05` or `75` as seconds; undefined for what is no time. */
export function secondsOf(text: string): number | undefined {
	const parts = /^(?:(\d{1,3}):)?(?:(\d{1,3}):)?(\d{1,5}(?:[.,]\d{1,3})?)$/.exec(text.trim());
	if (!parts) return undefined;
	const [, first, second, last] = parts;
	const numbers = [first, second, last]
		.filter((part) => part !== undefined)
		.map((part) => Number(part!.replace(',', '.')));
	return numbers.reduce((sum, part) => sum * 60 + part, 0);
}
