/** The fields of a form that a draft keeps: what a person types, ticks or chooses. */
export function readFields(form: HTMLFormElement): Record<string, string> {
	const content: Record<string, string> = {};
	for (const field of keptFields(form)) {
		if (!isTicked(field)) content[field.name] = field.value;
		else if (field.type === 'checkbox') content[field.name] = field.checked ? field.value : '';
		else if (field.checked) content[field.name] = field.value;
	}
	return content;
}

export function sameFields(one: Record<string, string>, other: Record<string, string>): boolean {
	const names = Object.keys({ ...one, ...other }).filter((name) => !name.startsWith('_'));
	return names.every((name) => (one[name] ?? '').trim() === (other[name] ?? '').trim());
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The fields that a draft keeps, in the form's order. */
export function keptFields(form: HTMLFormElement): Field[] {
	return [...form.elements].filter((element): element is Field => {
		if (!('name' in element) || !('value' in element) || element instanceof HTMLButtonElement) return false;
		const { name, type } = element as Field;
		return name !== '' && !name.startsWith('_') && !['hidden', 'file', 'password', 'submit', 'button'].includes(type);
	});
}

export const isTicked = (field: Field): field is HTMLInputElement =>
	field.type === 'checkbox' || field.type === 'radio';
