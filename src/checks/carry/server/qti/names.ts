import { elementsIn, type Element } from '#src/platform/server/xml-tree.ts';

/** QTI 3 says `qti-choice-interaction` and `response-identifier` where QTI 2 says `choiceInteraction` and `responseIdentifier`. */
const oldName = (name: string): string =>
	name.replace(/^qti-/, '').replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());

/** The items of a QTI file of either version, with the names that QTI 2 gives. */
export const itemsIn = (content: AsyncIterable<Buffer>, ...names: string[]): AsyncGenerator<Element> =>
	elementsIn(content, (name) => names.includes(name), oldName);

const IN_3 = new Set([
	...['assessmentItem', 'assessmentTest', 'testPart', 'assessmentSection', 'assessmentItemRef'],
	...['responseDeclaration', 'outcomeDeclaration', 'correctResponse', 'defaultValue', 'value', 'mapping', 'mapEntry'],
	...['areaMapping', 'areaMapEntry', 'itemBody', 'prompt', 'simpleChoice', 'simpleMatchSet', 'simpleAssociableChoice'],
	...['choiceInteraction', 'orderInteraction', 'matchInteraction', 'textEntryInteraction', 'extendedTextInteraction'],
	...['uploadInteraction', 'inlineChoiceInteraction', 'inlineChoice', 'hotspotInteraction', 'hotspotChoice'],
	...['modalFeedback', 'contentBody', 'feedbackInline', 'responseProcessing', 'responseCondition', 'responseIf'],
	...[
		'equal',
		'match',
		'variable',
		'correct',
		'setOutcomeValue',
		'baseValue',
		'mapResponse',
		'mapResponsePoint',
		'rubricBlock'
	]
]);

const dashed = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Turns XML with the names of QTI 2 into that of QTI 3; what is HTML stays. */
export function asVersion3(xml: string): string {
	return xml.replace(
		/<(\/?)([A-Za-z][\w]*)((?:\s+[\w:.-]+="[^"]*")*)(\s*\/?)>/g,
		(whole, slash: string, name: string, attributes: string, end: string) => {
			if (!IN_3.has(name)) return whole;
			const renamed = attributes.replace(
				/\s([\w:.-]+)=/g,
				(_all, key: string) => ` ${/^xml|:/.test(key) ? key : dashed(key)}=`
			);
			return `<${slash}qti-${dashed(name)}${renamed}${end}>`;
		}
	);
}
