import type { Area } from '../question.ts';

type Shape = Area;
export interface Point {
	x: number;
	y: number;
}

/** A share of a per cent: an edge belongs to its area, also where floats miss it by a hair. */
const HAIR = 1e-9;

/** Whether a point lies in an area, its edge counted in. */
export function holds(area: Shape, at: Point): boolean {
	switch (area.shape) {
		case 'rectangle':
			return between(at.x, area.x, area.width) && between(at.y, area.y, area.height);
		case 'ellipse':
			return inEllipse(area, at);
		default:
			return inPolygon(area.points, at);
	}
}

const between = (value: number, from: number, length: number) => value >= from - HAIR && value <= from + length + HAIR;

/** It fills the rectangle that its corner, width and height give. */
function inEllipse({ x, y, width, height }: Extract<Shape, { shape: 'ellipse' }>, at: Point): boolean {
	if (width === 0 || height === 0) return between(at.x, x, width) && between(at.y, y, height);
	const across = (at.x - x - width / 2) / (width / 2);
	const down = (at.y - y - height / 2) / (height / 2);
	return across * across + down * down <= 1 + HAIR;
}

/** By the number of edges that a line from the point to the right crosses. */
function inPolygon(points: [number, number][], at: Point): boolean {
	let inside = false;
	for (const [index, to] of points.entries()) {
		const from = points.at(index - 1) ?? to;
		if (onEdge(from, to, at)) return true;
		const crosses = from[1] > at.y !== to[1] > at.y;
		if (crosses && at.x < from[0] + ((at.y - from[1]) / (to[1] - from[1])) * (to[0] - from[0])) inside = !inside;
	}
	return inside;
}

function onEdge([ax, ay]: [number, number], [bx, by]: [number, number], { x, y }: Point): boolean {
	const length = Math.hypot(bx - ax, by - ay);
	if (length === 0) return Math.hypot(x - ax, y - ay) <= HAIR;
	const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length;
	const aside = Math.abs((x - ax) * (by - ay) - (y - ay) * (bx - ax)) / length;
	return aside <= HAIR && along >= -HAIR && along <= length + HAIR;
}
