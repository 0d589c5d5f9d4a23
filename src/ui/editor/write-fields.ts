import { isTicked, keptFields } from './draft-fields.ts';

/** Puts a draft into a form, so that every component around a field learns of it. */
export function writeFields(form: HTMLFormElement, content: Record<string, string>): void {
	for (const field of keptFields(form)) {
		const value = content[field.name];
		if (value === undefined) continue;
		if (isTicked(field)) field.checked = field.value === value;
		else field.value = value;
		field.dispatchEvent(new Event('input', { bubbles: true }));
		field.dispatchEvent(new Event('change', { bubbles: true }));
	}
}
