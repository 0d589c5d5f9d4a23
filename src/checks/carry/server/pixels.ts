import type { Area } from '../../question.ts';

interface Size {
	width: number;
	height: number;
}

type Shape = 'circle' | 'rectangle' | 'polygon';
const round = (value: number) => Math.round(value);

/** An area of a picture in pixels: `90,60;15`, `10,10;40,20`, `1,1;5,1;5,5`. @returns `bent` where it is not quite the same */
export function pixelsOf(area: Area, size: Size): { shape: Shape; coords: string; bent: boolean } {
	const at = (x: number, y: number) => [(x / 100) * size.width, (y / 100) * size.height] as const;
	const pair = ([x, y]: readonly [number, number]) => `${round(x)},${round(y)}`;
	if (area.shape === 'polygon')
		return { shape: 'polygon', coords: area.points.map(([x, y]) => pair(at(x, y))).join(';'), bent: false };
	const [x, y] = at(area.x, area.y);
	const [width, height] = at(area.width, area.height);
	if (area.shape === 'rectangle')
		return { shape: 'rectangle', coords: `${pair([x, y])};${pair([width, height])}`, bent: false };
	const [cx, cy, rx, ry] = [x + width / 2, y + height / 2, width / 2, height / 2];
	if (Math.abs(rx - ry) < 1) return { shape: 'circle', coords: `${pair([cx, cy])};${round(rx)}`, bent: false };
	const points = Array.from({ length: 24 }, (_, n) => {
		const turn = (n / 24) * 2 * Math.PI;
		return pair([cx + rx * Math.cos(turn), cy + ry * Math.sin(turn)]);
	});
	return { shape: 'polygon', coords: points.join(';'), bent: true };
}

const share = (value: number, whole: number) => Math.min(100, Math.max(0, Number(((value / whole) * 100).toFixed(3))));

/** An area that is counted in pixels, in per cent of its picture. */
export function inPercent(area: Area, { width, height }: Size): Area {
	if (area.shape === 'polygon')
		return { shape: 'polygon', points: area.points.map(([x, y]) => [share(x, width), share(y, height)]) };
	const [x, y] = [share(area.x, width), share(area.y, height)];
	return { shape: area.shape, x, y, width: share(area.width, width), height: share(area.height, height) };
}
