import { qualities } from './qualities.ts';

/** The values of the form as the input wants them: `qualities.flow.why` stands within `qualities`. */
export function fromForm(values: Record<string, string>): Record<string, unknown> {
	const rest: Record<string, unknown> = { ...values };
	const take = (name: string) => {
		const value = rest[name];
		delete rest[name];
		return value;
	};
	const told = qualities.map(({ name }) => {
		const [met, why] = [take(`qualities.${name}.met`), take(`qualities.${name}.why`)];
		return [name, { ...(met !== undefined && { met }), ...(why !== undefined && { why }) }];
	});
	return { ...rest, qualities: Object.fromEntries(told) };
}
