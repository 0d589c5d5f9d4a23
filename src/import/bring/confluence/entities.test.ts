import { expect, test } from 'vitest';
import { readEntities, type Entity } from './entities.ts';

const whole = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE x [ <!ENTITY big "no"> ]>
<hibernate-generic datetime="2024-01-01 10:00:00">
<!-- a > b -->
<object class="Page" package="p"><id name="id">7</id>
<property name="title"><![CDATA[<object> & ]] > é]]></property><property name="none"/>
<property name="note">a &amp;&#x41;&big; b</property>
<property name="parent" class="Page" package="p"><id name="id">3</id>
</property>
<collection name="bodyContents" class="java.util.Collection"><element class="BodyContent" package="c"><id name="id">8</id>
</element><element class="BodyContent"><id name="id">9</id></element></collection>
</object>
<object class="Broken" title="never ends
<object class="ConfluenceUserImpl" package="u"><id name="key"><![CDATA[u1]]></id><property name="name"><![CDATA[ida]]></property></object>
</hibernate-generic>`;

async function read(text: string, size: number, most?: number) {
	const found: Entity[] = [];
	async function* pieces() {
		for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
	}
	const notes = await readEntities(pieces(), { take: (entity) => void found.push(entity), most: () => most ?? 1000 });
	return { found, notes };
}

test.each([1, 2, 3, 7, 64, 100_000])('objects come whole from pieces of %i', async (size) => {
	const { found, notes } = await read(whole, size);
	expect(found).toEqual([
		{
			...{ class: 'Page', id: '7', classes: { parent: 'Page' }, lists: { bodyContents: ['8', '9'] }, cut: [] },
			values: { title: '<object> & ]] > é', none: '', note: 'a &A&big; b', parent: '3' }
		},
		{ class: 'ConfluenceUserImpl', id: 'u1', classes: {}, lists: {}, cut: [], values: { name: 'ida' } }
	]);
	expect(notes).toEqual({ count: 2, doctype: true, early: false });
});

test('a text that is too long is cut and named; one that breaks off is told of', async () => {
	const { found, notes } = await read(whole.slice(0, whole.indexOf('<object class="Broken"')), 50, 4);
	expect(found[0]).toMatchObject({ values: { title: '<obj' }, cut: ['title', 'note'] });
	expect(notes.early).toBe(true);
});
