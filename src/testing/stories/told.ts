/** A story as it was first told, another title for it, and the same event as somebody else reports it. */
export interface WrittenStory {
	title: string;
	retitled: string;
	/** Paragraphs. */
	text: string[];
	report: { title: string; text: string };
}

const story = (title: string, retitled: string, text: string, reported: string, report: string): WrittenStory => ({
	...{ title, retitled },
	text: text.split('\n').map((paragraph) => paragraph.trim()),
	report: { title: reported, text: report }
});

/** Written for this set; nothing in it happened. */
export const stories: WrittenStory[] = [
	story(
		'Harbour cranes stand still as operators demand longer breaks',
		'Why nothing is unloaded in Vesterhavn this week',
		`Since Monday morning none of the fourteen cranes in the harbour of Vesterhavn has moved, and thirty-one ships wait outside the breakwater. The operators say that shifts of ten hours with a single break of twenty minutes have led to near misses every week since the spring.
		Their speaker, Liv Amdal, showed reporters a list of forty incidents that colleagues had written down themselves because, she says, nobody in the office wanted it. The harbour company answers that all rules were kept and that cameras would have shown anything serious.
		Talks begin on Thursday in the town hall. Fruit importers already count their losses: a container of bananas keeps for nine days, and the first ones have been at sea for eleven.`,
		'Strike shuts down port of Vesterhavn',
		`Freight is piling up off the coast after crane staff walked out at the start of the week. A union representative named rest periods as the main grievance, while management insists that working hours are within the law. Both parties agreed to meet later in the week. Traders of perishable goods fear that whole loads must be thrown away.`
	),
	story(
		'A cold store that heats a swimming pool',
		'What the swimmers of Brackley owe to frozen peas',
		`In Brackley the water of the indoor pool has been warmed since October by what the frozen-food store next door throws away. A pipe of six hundred metres carries heat from its compressors to an exchanger in the cellar of the baths, and the gas boiler has become a reserve for very cold days.
		The store's engineer, Colin Maudsley, had watched the steam over his roof for years before he walked across the road and asked whether anybody wanted it. The council paid for the pipe, the store for the exchanger, and both expect to have their money back in seven years.
		Neighbouring towns have begun to ask for the drawings. Maudsley sends them to everyone who writes, with a warning: measure the flow in winter before you buy the pump, because his first one was twice as large as it needed to be.`,
		'Waste heat from freezers keeps council pool warm',
		`A local authority has cut gas use at its leisure centre by taking surplus warmth from a neighbouring warehouse. The scheme was suggested by a member of the warehouse's technical staff and financed by both sides. Officials speak of a payback time below a decade and of visitors from other councils who want to copy it.`
	),
	story(
		'The spreadsheet that closed three branches by mistake',
		'How one hidden row cost a bank its branches',
		`When Norrland Savings announced in May that its branches in Tierp, Hofors and Ockelbo would close, managers pointed to falling numbers of visitors. An internal review has now found that the numbers were those of three other places: somebody had hidden a row in a spreadsheet and then sorted only the visible ones.
		The error was noticed by a trainee, Sanna Blom, who wondered why Tierp should have fewer customers than its own cash machine. It took her two afternoons to find the row and eleven days to find somebody who would listen.
		The branches will reopen in January. The bank has forbidden hidden rows in all files that leave a department, and every figure on which a decision rests must be recalculated by a second person who starts from the source.`,
		'Savings bank reverses closures after data error',
		`Customers in three small towns get their bank back. The lender admitted that its decision of last spring rested on wrong visitor statistics, caused by a slip while a table was being ordered. A young employee had raised the alarm. From now on important calculations are to be repeated independently before anything is decided.`
	),
	story(
		'Wooden pallets get a passport',
		'From next year each pallet tells where it has been',
		`The three largest pool operators in Europe have agreed on a chip that will be pressed into every new wooden pallet from March. It costs nine cents, needs no battery and answers readers at the dock door with its number, its age and the date of its last repair.
		Until now a pallet that vanished was simply written off, about one in twelve each year. With the chip a shipper can see at which customer pallets pile up, and the pool can charge rent by the day rather than by the trip.
		Small carriers are less happy. Their association points out that a reader gate costs four thousand euros, and that nobody has said yet who may see the data. The operators promise an answer before the summer.`,
		'Pool operators agree on tracking for load carriers',
		`Europe's leading providers of reusable load carriers want to equip their stock with radio tags. They hope for fewer losses and fairer billing. Criticism comes from haulage firms with few lorries, who see new expenses for equipment and open questions of data protection ahead of them.`
	),
	story(
		'Nurses who swap shifts by themselves stay longer',
		'Let the ward plan its own week, says a study of rosters',
		`A hospital group in the west of Ireland let half of its wards plan their own rosters for eighteen months. On these wards eleven of a hundred nurses left, on the others nineteen, and sick leave fell by a fifth.
		The rules fitted on one page: everybody enters what they can and cannot do, gaps are settled among colleagues until the tenth of the month, and only what is open after that goes to the ward manager. It went to her in three of a hundred cases.
		Professor Aoife Brennan, who led the study, was most surprised by the nights. She had expected that the young would be left with them; in fact nights were shared more evenly than any manager had shared them before.`,
		'Self-rostering cuts staff turnover, trial suggests',
		`Hospitals could keep more of their nursing staff by giving teams control over the duty schedule, according to Irish researchers. In a trial with dozens of wards resignations and absences both went down. Conflicts seldom had to be solved from above. Unpopular late duties did not fall on junior employees, as the authors had feared.`
	),
	story(
		'Bakery chain stops baking at night',
		'Bread at ten: why Halden gave up the night shift',
		`The forty shops of the Halden bakery open at the same hour as ever, but the bread in them is now from the day before until ten in the morning. Then the first fresh loaves arrive. Nobody has to start work at two at night any more.
		Owner Grete Solum says that she had no choice: of twenty advertised jobs in the bakehouse she had filled four in two years. For the day shift there were ninety applications within a week.
		Customers were told why on the paper bags. Sales fell by six per cent in the first month and have since come back to where they were; what is sold before ten costs a third less, and pensioners queue for it.`,
		'Family business says goodbye to early hours',
		`A regional chain of bakers has moved production to daytime in order to find staff. Shoppers pay reduced prices for yesterday's goods in the early morning and get fresh products later on. After a dip, turnover has recovered according to the proprietor, who could not fill vacancies before the change.`
	),
	story(
		'Open-source map shows which lifts are out of order',
		'A map for everyone who cannot take the stairs',
		`Whoever sits in a wheelchair in Rotterdam can now see on a map which of the nine hundred public lifts work. The data come from the operators where these publish them, and from four hundred volunteers who press a button when they stand before a closed door.
		Programmer Jeroen Vliet began it after his mother had waited on a platform for two hours. The operators were slow at first; when the map had thirty thousand readers a month, the last of them opened its interface within a week.
		The code can be used by any city. Gdansk and Turin run their own copies already, and a school in Turin found that the lift beside its gate had been out of order for longer than any of its pupils had been there.`,
		'App lists broken elevators in Dutch city',
		`People with limited mobility in Rotterdam get help from a new service that records the state of elevators at stations and car parks. It mixes official sources and reports by users. The developer was inspired by an experience in his family. Municipalities abroad have taken over the freely available software.`
	),
	story(
		'Steel mill to train its welders in the canteen',
		'Ten minutes of welding before lunch',
		`The rolling mill at Ostrava has sent no welder to a course for a year. Instead there is a booth beside the canteen in which anybody may practise one seam under a camera that measures angle and speed, for ten minutes at most, as often as they like.
		What the camera measures is shown to whoever welds and to nobody else. That was the condition of the works council, and the head of training, Petr Hruby, says today that it was the best idea in the whole project: people come because nobody counts.
		Rework has gone down from seven seams in a hundred to four. The booth cost less than the travel to the courses of a single quarter, and three suppliers have asked whether their welders may use it as well.`,
		'Czech plant replaces seminars by practice booth',
		`Short exercises during the working day have improved quality at a Moravian metalworks. Employees try their hand at a simulator near the dining room and receive instant feedback, which remains confidential. Management reports fewer faults and lower expenditure, and talks with partner firms about opening the facility.`
	),
	story(
		'Why the new tram stops at every door',
		'A tram without a timetable',
		`In the suburb of Aldershof the tram stops wherever somebody presses a button at the kerb. There are two hundred and ten buttons on a line of nine kilometres, and the driver sees on a screen which have been pressed ahead.
		The first month was a disaster, since people pressed from habit and walked on. Now a button must be held for three seconds, and a lamp says how many minutes the tram will take. It stops at sixty places on an average trip, four more than the old timetable knew.
		Planner Dorit Kessler defends the idea against colleagues who call it a bus on rails. Those who had given up the tram were above all people over seventy, she says; a third of them have come back.`,
		'Suburban railway tries request stops everywhere',
		`An unusual experiment on the edge of the city lets passengers board between stations. After teething troubles with needless halts the operator changed how the signal is given. Travel times hardly grew, and elderly residents in particular have returned, says the planning office, although some experts remain sceptical.`
	),
	story(
		'Beekeepers warn of cheap sugar in imported honey',
		'Every second jar failed: what beekeepers found in the supermarket',
		`Of eighty-two jars of imported honey that the beekeepers' union bought in supermarkets, forty-four contained syrup from rice or beet. The union had them tested in two laboratories that work with different methods, and counted only what both had found.
		Its chair, Rosa Ferreira, is careful not to blame the shops. A kilo of real honey cannot be made for less than five euros, she says, and whoever buys it for two knows enough. She would like the country of each part of a blend to be named on the label, with its share.
		The ministry wants to see the figures first. Until then the union publishes them jar by jar, with date and place of purchase, so that anyone can buy the same and have it tested.`,
		'Adulterated honey widespread, association claims',
		`More than half of a sample of foreign honeys did not deserve the name, according to an industry body that commissioned analyses. It calls for stricter rules of origin. Retailers had no immediate comment, and the government announced that it would study the results before it takes any steps.`
	),
	story(
		'Small firms get their own electricity exchange',
		'Neighbours who sell each other the noon sun',
		`Two hundred and six workshops, shops and farms around Lienz have traded electricity with each other since the first of June. Whoever has too much from the roof at noon sells it to the joinery next door for eleven cents, which is four more than the grid pays and nine less than it charges.
		The exchange is a program that settles every quarter of an hour. It was written by the regional co-operative and costs each member eight euros a month; the grid operator measures and gets its fee as before.
		Sawmill owner Karl Unterweger has moved his drying kiln from the night to midday and saves a fifth. He did not do it for the climate, he says, but the climate will not mind.`,
		'Local power trading starts in East Tyrol',
		`Businesses in an Alpine valley can exchange solar surplus directly. A cooperative runs the market, prices lie between feed-in tariff and retail rate, and participants pay a modest subscription. Some have already shifted consumption into sunny hours, as the example of a timber company shows.`
	),
	story(
		'Library lends out tools, and the neighbours who can use them',
		'Borrow a drill, and Mr Okafor comes with it',
		`At the city library of Leeds one can borrow a drill, a carpet cleaner or a sewing machine, and since September also an hour of somebody who knows how it works. Sixty people have put their names on the list; each gives two evenings a month.
		The idea came from the returns desk, where tools arrived unused with a note that the screw would not hold. Retired joiner Emeka Okafor was the first on the list and is the one most asked for: he has hung three hundred shelves.
		The library has had to answer the question of liability. It now insures both sides for six pounds a loan, paid from fines for late books, of which there are still enough.`,
		'Public library adds skilled helpers to its catalogue',
		`Readers in a northern English city may now book volunteers who show them how to handle equipment that they take home. Staff had noticed that many items came back without having been used. Insurance is covered, and the service is popular above all thanks to one former craftsman.`
	),
	story(
		'Password rules that nobody can follow',
		'What nine hundred sticky notes taught an insurer about passwords',
		`An insurer in Utrecht asked its cleaners to count notes with passwords on desks for one night. They found nine hundred and twelve, at one thousand four hundred desks. The rules then asked for a new password every thirty days, with two signs that stand nowhere else.
		Security chief Marit de Boer threw the rules away. A password may now stay as long as it is not found in a list of stolen ones, it must have fifteen characters, and sentences are welcome; a key on the phone does the rest.
		Half a year later the cleaners counted again and found thirty-eight. Calls for a reset fell from two hundred and sixty a week to forty, which pays for the keys three times over.`,
		'Insurance company drops forced password changes',
		`Less is more: after a survey of its offices a Dutch financial firm abolished the monthly renewal of credentials. Long phrases and a second factor take its place. Visible notes have all but disappeared since then, and the help desk has far fewer requests, according to the person responsible for security.`
	),
	story(
		'Tyre dust makes up a third of the dirt in the river',
		'The colour of the Mersel is rubber',
		`Researchers have filtered the water of the Mersel at twelve bridges for a year, and what they found behind the motorway was mostly black: thirty-four per cent of all particles above a fiftieth of a millimetre come from tyres.
		Rain washes them from the road within minutes. Basins that hold the first ten minutes of a shower would keep back four fifths, the group around the chemist Odile Lacroix has calculated; at present such basins exist at two of sixty-one outlets.
		The motorway company has offered land beside three junctions. It asks that the state pays for the basins, since it is the state that has forbidden it to raise the toll.`,
		'Study finds road wear to be major river pollutant',
		`Abrasion from vehicles contributes far more to the load of suspended matter in a central European waterway than was thought, a team of chemists writes. Settling tanks at drains could reduce the problem greatly. Who is to finance them remains disputed between the operator of the road and the authorities.`
	),
	story(
		'Theatre sells seats by the view, not by the row',
		'Pay for what you see: a theatre measures its seats',
		`The municipal theatre in Gdynia has photographed its stage from each of its six hundred and forty seats and now sells tickets by what can be seen. A place behind the pillar costs nine zloty, one in the middle of the balcony as much as the stalls.
		Box-office manager Iwona Pawlak had kept complaints in a drawer for ten years and sorted them by seat number before the season began. Seven seats made up a third of them. They are no longer sold at all and have been given to the technicians for lamps.
		Takings are up by four per cent, she reports, and letters of complaint down to two. One of them came from a man who misses his pillar: he had liked to lean his head on it.`,
		'Playhouse introduces prices according to visibility',
		`Spectators at a Polish stage choose tickets by pictures that show their future view. Cheap corners and a few places taken out of service are the result of an analysis of past grievances. According to the house revenue has risen slightly and dissatisfaction has almost vanished.`
	),
	story(
		'Robots count the shelves, people talk to customers',
		'The machine that wanders through the aisles at six',
		`Every morning at six a machine as tall as a child drives through the aisles of the Brandt hardware stores and photographs the shelves. At seven the staff have a list of what is missing, what stands in the wrong place and which price tag contradicts the till.
		Before, two colleagues were busy with that until noon. They are now at the counter for advice, where the queue used to be longest, and the chain has not cut a single post in the twenty-two stores with machines.
		Works council chair Torsten Behr had that put in writing for four years. He is content so far, with one wish: the machine should learn to say good morning, because people jump when it comes round the corner.`,
		'DIY chain automates stocktaking',
		`Autonomous scanners take over inventory at a retailer of building supplies. Employees who were relieved of the task advise shoppers instead. Representatives of the workforce have negotiated guarantees of employment and see the project favourably, apart from small shocks in the early hours.`
	),
	story(
		'Flood sirens for villages without a network',
		'When the phone is dead the church bell rings',
		`After the flood of two years ago it turned out that in nine of fourteen villages in the valley of the Reit the warning had come by phone, when there was no network any more. The district has now hung thirty-six sirens on towers and barns which talk to each other by radio and run for a week on a battery.
		A gauge upstream sets them off without anybody pressing a button. Whether that is wise was argued over for months; a false alarm at three in the night costs trust. The engineers agreed on two gauges that must say the same within five minutes.
		In the test in March one siren stayed silent. A pair of owls had nested in it. They were allowed to stay, and the siren was hung one window higher.`,
		'Valley installs independent alert system',
		`Communities that were cut off during a recent disaster no longer rely on mobile phones. A chain of loudspeakers is controlled automatically by water levels, with a safeguard against errors. During a trial a single device failed because birds had moved in, the county administration reports.`
	),
	story(
		'Co-operative buys the last village shop, and its debts',
		'Two hundred owners for one shop',
		`The shop in Llanfair had been for sale for three years when its owner put a notice in the window that she would close at Christmas. Eleven days later two hundred and eight people had signed for a share of fifty pounds each, and bought the shop with stock, freezer and debts.
		The debts were larger than anyone had known: nineteen thousand pounds, most of it owed to two wholesalers. Treasurer Megan Pugh drove to both and came back with a promise of five years without interest, in return for all orders.
		In its first year the shop has made a profit of three hundred and twelve pounds. It opens an hour earlier than before, for those who take the bus, and the bus now waits for them if the till is slow.`,
		'Villagers rescue grocery with community shares',
		`Residents of a Welsh settlement have become joint proprietors of their only store. They negotiated with creditors, extended opening hours and ended the first twelve months in the black, if only just. The previous owner had looked for a successor in vain.`
	),
	story(
		'The checklist that halved mistakes in the pharmacy',
		'Read it aloud: a hospital pharmacy slows down',
		`In the pharmacy of the university hospital at Tartu two people now read the name, the strength and the route of each infusion aloud to each other before it leaves the hatch. It takes eleven seconds. Mistakes that reached a ward fell from fifty-two in the half year before to twenty-three in the half year after.
		A first attempt had failed. It was a form of thirty lines that was filled in after the fact, and pharmacist Kristi Saar admits that she signed it in bundles as everybody did. The new list has three lines and no signature.
		What cannot be read aloud is not handed out: since then the labels have grown by two points, because somebody at last had to read them at three in the night.`,
		'Spoken double check reduces medication errors',
		`Estonian hospital staff have cut the number of wrong preparations by more than half, they report, with a very simple verbal routine. An elaborate document that preceded it had turned out to be useless. Larger print on packages was a welcome side effect of the measure.`
	),
	story(
		'Aluminium bicycles come back as window frames',
		'What becomes of four thousand lost bicycles',
		`Each year four thousand bicycles are left at the stations of Copenhagen and never fetched. Until now they were sold by weight. A foundry in Odense takes them to pieces instead and casts frames for windows from the aluminium, with a stamp that tells the year of the ride.
		Sorting is the hard part, says its manager Jonas Friis: paint, glue and five different alloys. He has trained eight long-term unemployed colleagues who know by the sound of a knock what a tube is made of, and is right to be proud of them; a laser that should replace them was wrong in every ninth case.
		The city has ordered frames for two schools. They cost three per cent more than new ones and carry, near the handle, the colour of the bicycle they once were.`,
		'Abandoned bikes recycled into building parts',
		`A Danish metal company turns unclaimed cycles into components for construction. Separation of materials is done by hand and ear, since machines proved less reliable. Public buildings are the first customers of the slightly dearer product, which shows traces of its former life.`
	),
	story(
		'Company meets only on Tuesdays',
		'Four days without a meeting, and what came of it',
		`Since February the two hundred and thirty people of the software house Kestrel have had meetings on Tuesdays and on no other day. Whoever wants to meet on a Friday must ask the whole company in an open list, with a reason. In nine months that has happened fourteen times.
		Hours in meetings fell from eleven a week to three. What was decided there is now written down before, not after, because on a Tuesday with seven meetings nobody can explain anything for long.
		Not everybody is glad of it. New colleagues miss the talk by the way, managing director Priya Raman says, and so she has set lunch at a long table that is laid for all at noon, every day but Tuesday.`,
		'Software maker limits meetings to one weekday',
		`Concentrated work is the aim of a rule at an IT business, where gatherings are allowed once a week. Exceptions are public and rare. Time spent talking has dropped sharply, while preparation has improved. A shared midday meal is meant to make up for lost contact, above all among newcomers.`
	),
	story(
		'The court that writes so that people understand',
		'A judgment on one page',
		`At the labour court of Ghent every judgment now begins with a page that says in plain words who has won, what must be paid by when, and what whoever lost can do. The twenty pages with reasons follow as before.
		Judge Liesbeth Claes had asked a hundred people after their hearing what had been decided. Thirty-nine could say it correctly, and six had believed that they had won when they had lost.
		With the page it is eighty-eight. Lawyers had feared that short words would be attacked on appeal; of four hundred appeals since then, two have quoted the page at all. The court has published its word list, in which the longest entry is the one for nevertheless.`,
		'Belgian tribunal tests plain language summaries',
		`Parties to employment disputes get their ruling in simple terms. Surveys had shown that a majority left the building without having grasped the outcome. Comprehension has since more than doubled, says the presiding judge. Concerns of the legal profession have not been borne out so far.`
	),
	story(
		'Wind turbine stops for eagles',
		'Forty seconds for an eagle',
		`On the ridge of Smøla nine turbines stop when an eagle comes within eight hundred metres. Cameras on the towers tell eagles from gulls, and the blades need forty seconds to come to rest, which is what a sea eagle needs for that distance if it is in no hurry.
		In the two years before, eleven eagles had died there; in the two years since, one. The stops cost half a per cent of the electricity, much less than the operator had reckoned with.
		Biologist Håkon Ree would like to see the cameras on all sixty-eight towers. The operator agrees in principle and has ordered twenty. Meanwhile gulls have learned something as well: they fly behind eagles, since there the air is still.`,
		'Detection system protects birds of prey at wind farm',
		`Rotors in Norway are halted automatically when protected species approach. Deaths have become very rare since optical sensors were installed, with little loss of yield. Conservationists demand that the whole park be fitted out; the owner wants to proceed step by step.`
	),
	story(
		'School kitchen weighs what comes back',
		'What children leave, and why it is seldom the carrots',
		`For one term the kitchen of a comprehensive school in Bremen weighed each tub of leftovers and asked the class it came from. The result surprised the cooks: not vegetables came back, but what had gone cold, and that was whatever was served after ten past one.
		Two lunch breaks instead of one have since cut leftovers from ninety-four kilos a day to thirty-six. With the money the kitchen buys from a farm in the neighbourhood, whose carrots are crooked and, according to class six, funnier.
		Head cook Yildiz Aksoy keeps the scales in the canteen. The pupils have begun to bet on the number, and whoever is closest may choose the pudding on Friday.`,
		'Weighing leftovers helps canteen to cut waste',
		`A school in northern Germany has reduced discarded food by almost two thirds. Measurements showed that temperature mattered more than taste, whereupon the midday pause was split. Savings flow into regional produce, and youngsters follow the daily figure as a game.`
	),
	story(
		'Old phones listen for illegal chainsaws',
		'The forest is on the line',
		`In the hills above Maramures ninety discarded telephones hang in the crowns of spruces, in boxes with a solar cell and a microphone. They know one sound only, that of a chainsaw, and call the ranger when they hear it at a time when nobody has a permit.
		Ranger Mihai Pop used to drive four hundred kilometres a week and found stumps. Now he drives a hundred and sixty and has met loggers at work nineteen times since the spring. In two cases it was his own brother-in-law, who had forgotten to ask for a permit.
		The weak point are woodpeckers. For two weeks in April the phones took them for saws, until a student from Cluj recorded the birds for three days and taught them the difference.`,
		'Recycled smartphones guard Romanian woodland',
		`Acoustic monitoring with used handsets helps foresters to catch timber thieves. Patrols have become shorter and more successful. Mistakes caused by birds could be remedied with the help of a university. Even a relative of an official was among those caught, as he tells with a smile.`
	),
	story(
		'Insurer pays for repairs before the damage',
		'Money for the gutter: an insurer changes its mind',
		`Whoever insures a house with the Alpina mutual can have gutters, drains and roof looked at every second year free of charge, and gets eight tenths of a repair paid if it is done within ninety days. The company used to pay when the ceiling had come down.
		Actuary Fabio Conti had read eleven thousand claims for water and found that in six out of ten a repair of less than three hundred francs would have prevented damage of seven thousand on average. His board needed two years to believe him.
		Claims have fallen by a quarter in the cantons where it began. Roofers complain of too much work; the mutual has therefore started to train caretakers, in a half day, on a roof that stands in its own car park.`,
		'Prevention pays off for mutual insurance company',
		`Homeowners receive subsidies for maintenance from their Swiss insurer. An evaluation of old cases had revealed that cheap measures avoid expensive ones. The number of reported incidents is falling. To relieve craftsmen the firm also qualifies janitors in short training sessions.`
	),
	story(
		'Free buses fill up in the second year',
		'Nobody rode the free bus, until the shops moved the clock',
		`When the town of Kuressaare made its buses free, nothing happened: nine per cent more riders in the first year, most of them pupils who had walked before. In the second year it was sixty-one per cent, and the reason was not the price.
		The town had asked the three largest employers and the market hall to begin at times that suit the bus rather than the other way round. Shifts now start at ten past, and the market opens with the first bus from the villages.
		Mayor Rasmus Kask warns others against the word free. It drew cameras but no passengers, he says; what drew passengers was to be on time for work without running.`,
		'Estonian island town sees bus use soar',
		`Fare-free travel alone did not persuade residents to leave the car at home. Only after firms adapted their working hours to the schedule did ridership grow substantially. Local politicians now advise other places to coordinate with employers before they abolish tickets.`
	),
	story(
		'Factory lets machines rest at noon, for the grid',
		'Paid for doing nothing between twelve and two',
		`The paper mill at Kotka switches off two of its five grinders when the grid asks for it, at ten minutes' notice, up to a hundred times a year. It gets nine hundred thousand euros for that, more than it earned with the pulp in those hours.
		The pulp is missing nowhere, because a tower that used to be kept half empty is filled in the night before. Production planner Aino Lehto had proposed that in a suggestion box, without expecting an answer, and then was asked to do it.
		Two other mills have followed. The grid operator says that together they have made a gas plant superfluous that was to be built for sixty hours a year; nobody had liked it anyway, least of all those who would have run it.`,
		'Paper industry earns money with flexible load',
		`Finnish producers help to stabilise the power network by pausing part of their equipment on demand. Storage of intermediate products makes it possible without loss of output. The concept goes back to an employee's suggestion and has spared the construction of a peak plant.`
	),
	story(
		'Museum lets visitors write the labels',
		'What the ploughman’s granddaughter knew',
		`The museum of rural life in Zamora has left the labels of four hundred tools empty and put pencils beside them. Visitors over seventy filled them in within a summer, often with three different names for the same tool, and with quarrels in the margin.
		Curator Inés Prada has kept it all. A sickle that the catalogue gave as one for barley turned out to be for willow; a box thought to be for salt had held the village's only spectacles, lent by the hour.
		The labels are now printed with all names, and with the villages they come from. Language scholars from Salamanca have found eleven words in them that stand in no dictionary, and have begun to come by bus, with recorders.`,
		'Spanish museum relies on knowledge of its guests',
		`Elderly people have helped to describe exhibits from agriculture, correcting a number of errors by specialists. Variants in dialect were recorded too and attract linguists. The director considers the handwritten notes a treasure in themselves and will preserve them all.`
	),
	story(
		'A month without e-mail at the tax office',
		'The tax office that answered the phone',
		`In June the tax office of Aarhus switched off its e-mail for a month. Whoever wrote got one sentence with a telephone number, and the number was answered within two minutes by somebody who could decide.
		The office had found that an average case took seven mails over nineteen days, five of which asked for something that had been said before. On the phone it took one call of eleven minutes. Open cases fell from six thousand one hundred to two thousand four hundred.
		Mail is back since July, but last on the list of ways to get in touch. Head of office Bodil Krag says that her staff were against it in May and asked for a second month in July.`,
		'Authority abandons electronic mail for four weeks',
		`Danish civil servants tried to deal with citizens exclusively by phone and reduced their backlog by more than half. Written exchanges had often gone round in circles. Employees were doubtful in the beginning and enthusiastic in the end; a permanent shift of priorities is the consequence.`
	)
];
