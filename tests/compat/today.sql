-- As the program of commit 554ce86 made it; see make_today.py.
BEGIN TRANSACTION;
CREATE TABLE affiliations (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	alliance BIGINT NOT NULL, 
	person BIGINT NOT NULL, 
	organization INTEGER NOT NULL, 
	joined DATETIME NOT NULL, 
	CONSTRAINT uq_affiliations_alliance_person_organization UNIQUE (alliance, person, organization), 
	CONSTRAINT fk_affiliations_alliance_organization FOREIGN KEY(alliance, organization) REFERENCES organizations (alliance, id) ON DELETE CASCADE
);
INSERT INTO "affiliations" VALUES(1,1400000000000000001,1410000000000000001,1,'2026-03-02 15:00:00.000000');
INSERT INTO "affiliations" VALUES(2,1400000000000000001,1410000000000000005,1,'2026-03-02 15:00:00.000000');
INSERT INTO "affiliations" VALUES(3,1400000000000000001,1410000000000000002,2,'2026-03-02 15:00:00.000000');
INSERT INTO "affiliations" VALUES(4,1400000000000000001,1410000000000000003,3,'2026-03-02 15:00:00.000000');
INSERT INTO "affiliations" VALUES(5,1400000000000000001,1410000000000000003,4,'2026-03-02 15:00:00.000000');
INSERT INTO "affiliations" VALUES(6,1400000000000000001,1410000000000000004,5,'2026-03-02 15:00:00.000000');
INSERT INTO "affiliations" VALUES(7,1400000000000000001,1410000000000000007,6,'2026-03-02 15:00:00.000000');
INSERT INTO "affiliations" VALUES(8,1400000000000000002,1410000000000000001,7,'2026-03-02 15:00:00.000000');
INSERT INTO "affiliations" VALUES(9,1400000000000000002,1410000000000000004,8,'2026-03-02 15:00:00.000000');
INSERT INTO "affiliations" VALUES(10,0,0,9,'2026-03-16 13:08:00.000000');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE channels (
	alliance BIGINT NOT NULL, 
	channel BIGINT NOT NULL, 
	purpose VARCHAR(20) NOT NULL, 
	CONSTRAINT pk_channels PRIMARY KEY (alliance, channel, purpose)
);
INSERT INTO "channels" VALUES(1400000000000000001,1420000000000000001,'questions');
INSERT INTO "channels" VALUES(1400000000000000001,1420000000000000002,'opportunities');
INSERT INTO "channels" VALUES(1400000000000000001,1420000000000000003,'stewards');
INSERT INTO "channels" VALUES(1400000000000000001,1420000000000000003,'questions');
INSERT INTO "channels" VALUES(1400000000000000002,1420000000000000007,'questions');
INSERT INTO "channels" VALUES(1400000000000000002,1420000000000000008,'opportunities');
CREATE TABLE choices (
	person BIGINT NOT NULL, 
	alliance BIGINT NOT NULL, 
	chosen DATETIME NOT NULL, 
	CONSTRAINT pk_choices PRIMARY KEY (person)
);
INSERT INTO "choices" VALUES(1410000000000000001,1400000000000000002,'2026-03-02 15:00:00.000000');
INSERT INTO "choices" VALUES(1410000000000000007,1400000000000000001,'2026-03-02 15:00:00.000000');
CREATE TABLE commitments (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	alliance BIGINT NOT NULL, 
	run INTEGER NOT NULL, 
	step TEXT NOT NULL, 
	person BIGINT NOT NULL, 
	what TEXT NOT NULL, 
	who TEXT NOT NULL, 
	day DATE, 
	status VARCHAR(20) NOT NULL, 
	cancelled BOOLEAN NOT NULL, 
	made DATETIME NOT NULL, 
	settled DATETIME, 
	CONSTRAINT uq_commitments_alliance_run_step_person UNIQUE (alliance, run, step, person), 
	CONSTRAINT fk_commitments_alliance_run FOREIGN KEY(alliance, run) REFERENCES runs (alliance, id) ON DELETE CASCADE
);
INSERT INTO "commitments" VALUES(1,1400000000000000001,4,'next',1410000000000000003,'Call the college','Ana and Bo','2026-03-16','open',0,'2026-03-03 10:22:00.000000',NULL);
INSERT INTO "commitments" VALUES(2,1400000000000000001,3,'next',1410000000000000002,'Invite the mayor','','2026-03-17','open',0,'2026-03-09 14:02:00.000000',NULL);
INSERT INTO "commitments" VALUES(3,1400000000000000001,5,'next',1410000000000000001,'Book a table','',NULL,'done',0,'2026-03-09 14:11:00.000000','2026-03-09 14:21:00.000000');
INSERT INTO "commitments" VALUES(4,1400000000000000001,6,'next',1410000000000000002,'Paint the wall','','2026-04-01','dropped',1,'2026-03-09 14:14:00.000000','2026-03-09 14:15:00.000000');
INSERT INTO "commitments" VALUES(5,1400000000000000001,7,'next',1410000000000000002,'Ring the bell','Omar','2026-03-16','open',0,'2026-03-09 14:18:00.000000',NULL);
INSERT INTO "commitments" VALUES(6,1400000000000000002,8,'next',1410000000000000001,'Mend the nets','','2026-03-18','open',0,'2026-03-09 14:21:00.000000',NULL);
INSERT INTO "commitments" VALUES(7,0,9,'next',0,'Tidy up','','2026-03-16','open',0,'2026-03-16 13:06:00.000000',NULL);
CREATE TABLE definitions (
	alliance BIGINT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	title TEXT NOT NULL, 
	definition TEXT NOT NULL, 
	CONSTRAINT pk_definitions PRIMARY KEY (alliance, digest)
);
INSERT INTO "definitions" VALUES(1400000000000000001,'f599d8fefc080feff83c565567ad2fa6f7f98f7736db6fa8f605a28ee11e84ef','Keep momentum after the kickoff','{"id":"after-kickoff","version":1,"title":"Keep momentum after the kickoff","purpose":"You will have the next meeting and its objective, a way to name the effort, the first actions under way, and a start on your resource map.","audience":"Intermediaries and employer champions, just after a first meeting","overview":"after-kickoff-steps","minutes":20,"steps":[{"id":"next-meeting","question":"When is your next meeting?","why":"Energy can fade right after the first meeting if nobody keeps leading and reaching out. A date tells partners that the effort goes on. Back home, each of them is asking whether this is the right place for their time.","passages":["meeting-discipline","why-momentum-fades"],"required":true,"type":"date","case":"","choices":[],"commitment":false,"when":null},{"id":"meeting-objective","question":"What will be achieved by the end of that meeting, and how will you keep it short for employers?","why":"Never meet just to meet; each meeting needs a clear objective. Employers'' time is precious, both what they give and what you ask for. Respecting it is part of your answer when they wonder if this serves their needs.","passages":["meeting-discipline","why-momentum-fades"],"required":true,"type":"text","case":"","choices":[],"commitment":false,"when":null},{"id":"has-name","question":"Does the effort have a name that partners chose themselves?","why":"Naming is an easy and enjoyable way to win buy-in. It makes people say what the group is really about.","passages":["name-your-effort"],"required":true,"type":"yes-no","case":"","choices":[],"commitment":false,"when":null},{"id":"find-name","question":"How will you find a name together, and which ideas are in the air?","why":"Ask partners what the group is about, and a name may follow. Others chose plain ones, such as The Manufacturing Roundtable, or short ones, such as M-Powered.","passages":["name-your-effort"],"required":false,"type":"text","case":"","choices":[],"commitment":false,"when":{"step":"has-name","values":["no"]}},{"id":"first-actions","question":"Which first steps of the plan can begin right away, and who is on them?","why":"Start at once. The plan can and should go on changing with partners'' input, so it needn''t be perfect before you act on it.","passages":["start-implementing"],"required":true,"type":"text","case":"","choices":[],"commitment":false,"when":null},{"id":"announced","question":"Have you told partners clearly that planning is giving way to action?","why":"Partners may think the group is still planning unless you tell them otherwise. Say it plainly, so that they know the work itself has begun.","passages":["start-implementing"],"required":true,"type":"yes-no","case":"","choices":[],"commitment":false,"when":null},{"id":"resource-map","question":"Which programs, resources, and policies already bear on this industry''s workforce challenges? List the ones that come to mind.","why":"This is the start of your resource map, also called a program scan. Keep it where partners can see it, and add to it whenever something new turns up.","passages":["resource-map"],"required":true,"type":"text","case":"","choices":[],"commitment":false,"when":null},{"id":"life-cycle","question":"Where in its life does your initiative stand, and what kind of management does it need next?","why":"Picturing the natural life cycle of an initiative shows where and how it needs managing. Share that picture with your partners; it is useful to them as well.","passages":["initiative-life-cycle"],"required":false,"type":"text","case":"","choices":[],"commitment":false,"when":null},{"id":"this-week","question":"What will you do this week to keep the energy up? Say what, who, and by when.","why":"Momentum depends on people who keep leading and reaching out, and right now that means you and your employer champions. One call or one announcement soon is worth more than a perfect report later.","passages":["why-momentum-fades","start-implementing"],"required":true,"type":"text","case":"","choices":[],"commitment":true,"when":null}]}');
INSERT INTO "definitions" VALUES(1400000000000000001,'acd64fe572c4ed355980b554fda2d447c90857ac559ccbb4b1c8411ffa23abab','Plan the next step','{"id":"plan","version":1,"title":"Plan the next step","purpose":"To know what comes next.","audience":"Leaders","overview":"habit-champions","minutes":5,"steps":[{"id":"where","question":"Where do we stand?","why":"It matters.","passages":["habit-champions"],"required":true,"type":"text","case":"","choices":[],"commitment":false,"when":null},{"id":"ready","question":"Are we ready?","why":"It matters.","passages":[],"required":true,"type":"yes-no","case":"","choices":[],"commitment":false,"when":null},{"id":"lacks","question":"What is missing?","why":"It matters.","passages":[],"required":false,"type":"text","case":"","choices":[],"commitment":false,"when":{"step":"ready","values":["no"]}},{"id":"size","question":"How big?","why":"It matters.","passages":[],"required":false,"type":"choice","case":"","choices":["S","L"],"commitment":false,"when":null},{"id":"trust","question":"How much trust?","why":"It matters.","passages":[],"required":false,"type":"rating","case":"","choices":[],"commitment":false,"when":null},{"id":"day","question":"When do we begin?","why":"It matters.","passages":[],"required":false,"type":"date","case":"","choices":[],"commitment":false,"when":null},{"id":"next","question":"What is next?","why":"It matters.","passages":[],"required":true,"type":"text","case":"","choices":[],"commitment":true,"when":null}]}');
INSERT INTO "definitions" VALUES(1400000000000000002,'01b17bcc22bd65c30928bc124061c1705acf800592f4b0b19c8381b12927d635','One thing at a time','{"id":"short","version":2,"title":"One thing at a time","purpose":"To begin.","audience":"Anybody","overview":"habit-champions","minutes":2,"steps":[{"id":"where","question":"Where do we stand?","why":"It matters.","passages":[],"required":true,"type":"text","case":"","choices":[],"commitment":false,"when":null},{"id":"next","question":"What is next?","why":"It matters.","passages":[],"required":true,"type":"text","case":"","choices":[],"commitment":true,"when":null}]}');
INSERT INTO "definitions" VALUES(0,'01b17bcc22bd65c30928bc124061c1705acf800592f4b0b19c8381b12927d635','One thing at a time','{"id":"short","version":2,"title":"One thing at a time","purpose":"To begin.","audience":"Anybody","overview":"habit-champions","minutes":2,"steps":[{"id":"where","question":"Where do we stand?","why":"It matters.","passages":[],"required":true,"type":"text","case":"","choices":[],"commitment":false,"when":null},{"id":"next","question":"What is next?","why":"It matters.","passages":[],"required":true,"type":"text","case":"","choices":[],"commitment":true,"when":null}]}');
CREATE TABLE digest_items (
	alliance BIGINT NOT NULL, 
	person BIGINT NOT NULL, 
	opportunity INTEGER NOT NULL, 
	added DATETIME NOT NULL, 
	shown DATETIME, 
	closing BOOLEAN NOT NULL, 
	CONSTRAINT pk_digest_items PRIMARY KEY (alliance, person, opportunity), 
	CONSTRAINT fk_digest_items_alliance_opportunity FOREIGN KEY(alliance, opportunity) REFERENCES opportunities (alliance, id) ON DELETE CASCADE
);
INSERT INTO "digest_items" VALUES(1400000000000000001,1410000000000000002,2,'2026-03-04 10:03:00.000000',NULL,0);
INSERT INTO "digest_items" VALUES(1400000000000000001,1410000000000000004,2,'2026-03-04 10:03:00.000000',NULL,0);
INSERT INTO "digest_items" VALUES(1400000000000000001,0,2,'2026-03-04 10:03:00.000000',NULL,0);
INSERT INTO "digest_items" VALUES(1400000000000000001,1410000000000000002,3,'2026-03-09 10:01:00.000000',NULL,0);
INSERT INTO "digest_items" VALUES(1400000000000000001,1410000000000000004,3,'2026-03-09 10:01:00.000000',NULL,0);
INSERT INTO "digest_items" VALUES(1400000000000000001,0,3,'2026-03-09 10:01:00.000000','2026-03-10 09:00:00.000000',0);
INSERT INTO "digest_items" VALUES(1400000000000000001,1410000000000000002,4,'2026-03-16 13:02:00.000000',NULL,0);
INSERT INTO "digest_items" VALUES(1400000000000000001,1410000000000000004,4,'2026-03-16 13:02:00.000000',NULL,0);
INSERT INTO "digest_items" VALUES(1400000000000000001,0,4,'2026-03-16 13:02:00.000000',NULL,0);
INSERT INTO "digest_items" VALUES(1400000000000000001,1410000000000000002,5,'2026-03-16 13:03:00.000000',NULL,0);
INSERT INTO "digest_items" VALUES(1400000000000000001,1410000000000000004,5,'2026-03-16 13:03:00.000000',NULL,0);
CREATE TABLE drafts (
	alliance BIGINT NOT NULL, 
	run INTEGER NOT NULL, 
	step TEXT NOT NULL, 
	person BIGINT NOT NULL, 
	fields JSON NOT NULL, 
	saved DATETIME NOT NULL, 
	CONSTRAINT pk_drafts PRIMARY KEY (alliance, run, step, person), 
	CONSTRAINT fk_drafts_alliance_run FOREIGN KEY(alliance, run) REFERENCES runs (alliance, id) ON DELETE CASCADE
);
INSERT INTO "drafts" VALUES(1400000000000000001,2,'day',1410000000000000001,'{"text": "someday", "what": "", "who": "", "by_when": ""}','2026-03-03 10:08:00.000000');
INSERT INTO "drafts" VALUES(1400000000000000001,3,'next',1410000000000000003,'{"text": "", "what": "Ask Ivy", "who": "", "by_when": "yesterday"}','2026-03-09 14:02:00.000000');
INSERT INTO "drafts" VALUES(0,9,'next',0,'{"text": "perhaps", "what": "", "who": "", "by_when": ""}','2026-03-16 13:08:00.000000');
CREATE TABLE events (
	alliance BIGINT NOT NULL, 
	event VARCHAR(120) NOT NULL, 
	claimed DATETIME NOT NULL, 
	CONSTRAINT pk_events PRIMARY KEY (alliance, event)
);
INSERT INTO "events" VALUES(1400000000000000001,'1430000000000000001','2026-03-16 12:00:00.000000');
INSERT INTO "events" VALUES(1400000000000000001,'1430000000000000001:edited:1773662400.0','2026-03-16 12:00:00.000000');
INSERT INTO "events" VALUES(1400000000000000002,'1500000000000000001','2026-03-16 12:00:00.000000');
INSERT INTO "events" VALUES(1400000000000000001,'question:1500000000000000011:2c1b8fc318c43514','2026-03-16 13:01:00.000000');
INSERT INTO "events" VALUES(1400000000000000001,'1430000000000000003','2026-03-16 13:25:00.000000');
CREATE TABLE exchanges (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	alliance BIGINT NOT NULL, 
	channel BIGINT, 
	thread BIGINT, 
	person BIGINT, 
	source BIGINT, 
	answer_message BIGINT, 
	private BOOLEAN NOT NULL, 
	question TEXT NOT NULL, 
	previous INTEGER, 
	answered BOOLEAN NOT NULL, 
	confidence FLOAT NOT NULL, 
	latency_ms FLOAT NOT NULL, 
	passages JSON NOT NULL, 
	record JSON NOT NULL, 
	created DATETIME NOT NULL, shared BOOLEAN DEFAULT 0 NOT NULL, dismissed BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT uq_exchanges_alliance_id UNIQUE (alliance, id), 
	CONSTRAINT fk_exchanges_previous FOREIGN KEY(previous) REFERENCES exchanges (id) ON DELETE SET NULL
);
INSERT INTO "exchanges" VALUES(1,1400000000000000001,1420000000000000001,NULL,1410000000000000001,1430000000000000001,1430000000000000002,0,'How do we keep momentum after the kickoff?',NULL,1,0.9,25.0,'["name-your-effort"]','{"id": "1430000000000000001", "question": "How do we keep momentum after the kickoff?", "answered": true, "confidence": 0.9, "answer": "About How do we keep momentum after the kickoff [1].", "citations": [{"marker": 1, "passage": "name-your-effort", "title": "Let partners name the effort", "kind": "guidance", "topics": ["name-your-effort"], "quote": "The time straight after the kick-off is a good moment to settle on a name with your partners.", "source": {"document": "sector-direction-momentum", "title": "Direction, Connection, Momentum and Energy", "authors": "Not stated", "section": "Momentum and Energy: Name your effort", "file": "knowledge/guidance/name-your-effort.md", "line": 28}}], "related": [], "checklists": ["after-kickoff"], "elapsed_ms": 25.0, "error": null}','2026-03-02 15:01:00.000000',0,0);
INSERT INTO "exchanges" VALUES(2,1400000000000000001,1420000000000000001,NULL,1410000000000000002,1500000000000000002,NULL,0,'And who does that?',1,1,0.9,25.0,'["name-your-effort"]','{"id": "1500000000000000002", "question": "And who does that?", "answered": true, "confidence": 0.9, "answer": "About And who does that after How do we keep momentum after the kickoff? [1].", "citations": [{"marker": 1, "passage": "name-your-effort", "title": "Let partners name the effort", "kind": "guidance", "topics": ["name-your-effort"], "quote": "The time straight after the kick-off is a good moment to settle on a name with your partners.", "source": {"document": "sector-direction-momentum", "title": "Direction, Connection, Momentum and Energy", "authors": "Not stated", "section": "Momentum and Energy: Name your effort", "file": "knowledge/guidance/name-your-effort.md", "line": 28}}], "related": [], "checklists": ["after-kickoff"], "elapsed_ms": 25.0, "error": null}','2026-03-02 15:02:00.000000',0,0);
INSERT INTO "exchanges" VALUES(3,1400000000000000001,1420000000000000001,NULL,1410000000000000002,1500000000000000003,NULL,0,'What will the weather be?',NULL,0,0.1,25.0,'[]','{"id": "1500000000000000003", "question": "What will the weather be?", "answered": false, "confidence": 0.1, "answer": "The library does not cover this.", "citations": [], "related": [{"marker": 1, "passage": "name-your-effort", "title": "Let partners name the effort", "kind": "guidance", "topics": ["name-your-effort"], "quote": "The time straight after the kick-off is a good moment to settle on a name with your partners.", "source": {"document": "sector-direction-momentum", "title": "Direction, Connection, Momentum and Energy", "authors": "Not stated", "section": "Momentum and Energy: Name your effort", "file": "knowledge/guidance/name-your-effort.md", "line": 28}}], "checklists": [], "elapsed_ms": 25.0, "error": null}','2026-03-02 15:03:00.000000',0,0);
INSERT INTO "exchanges" VALUES(4,1400000000000000001,1420000000000000001,NULL,1410000000000000004,1500000000000000004,NULL,1,'What was the weather last year?',NULL,0,0.1,25.0,'[]','{"id": "1500000000000000004", "question": "What was the weather last year?", "answered": false, "confidence": 0.1, "answer": "The library does not cover this.", "citations": [], "related": [], "checklists": [], "elapsed_ms": 25.0, "error": null}','2026-03-02 15:04:00.000000',0,0);
INSERT INTO "exchanges" VALUES(5,1400000000000000001,1420000000000000001,NULL,1410000000000000003,1500000000000000005,NULL,0,'Does the weather matter?',NULL,0,0.1,25.0,'[]','{"id": "1500000000000000005", "question": "Does the weather matter?", "answered": false, "confidence": 0.1, "answer": "The library does not cover this.", "citations": [], "related": [], "checklists": [], "elapsed_ms": 25.0, "error": null}','2026-03-02 15:05:00.000000',0,0);
INSERT INTO "exchanges" VALUES(6,1400000000000000001,1420000000000000001,NULL,1410000000000000007,1500000000000000006,NULL,0,'Which weather is best for a fair?',NULL,0,0.1,25.0,'[]','{"id": "1500000000000000006", "question": "Which weather is best for a fair?", "answered": false, "confidence": 0.1, "answer": "The library does not cover this.", "citations": [], "related": [], "checklists": [], "elapsed_ms": 25.0, "error": null}','2026-03-02 15:06:00.000000',0,1);
INSERT INTO "exchanges" VALUES(7,1400000000000000001,1420000000000000001,NULL,1410000000000000003,1500000000000000007,NULL,1,'Who pays for the training?',NULL,1,0.9,25.0,'["name-your-effort"]','{"id": "1500000000000000007", "question": "Who pays for the training?", "answered": true, "confidence": 0.9, "answer": "About Who pays for the training [1].", "citations": [{"marker": 1, "passage": "name-your-effort", "title": "Let partners name the effort", "kind": "guidance", "topics": ["name-your-effort"], "quote": "The time straight after the kick-off is a good moment to settle on a name with your partners.", "source": {"document": "sector-direction-momentum", "title": "Direction, Connection, Momentum and Energy", "authors": "Not stated", "section": "Momentum and Energy: Name your effort", "file": "knowledge/guidance/name-your-effort.md", "line": 28}}], "related": [], "checklists": ["after-kickoff"], "elapsed_ms": 25.0, "error": null}','2026-03-02 15:07:00.000000',0,0);
INSERT INTO "exchanges" VALUES(8,1400000000000000001,1420000000000000001,NULL,1410000000000000003,1500000000000000008,NULL,1,'Who pays for the coffee?',NULL,1,0.9,25.0,'["name-your-effort"]','{"id": "1500000000000000008", "question": "Who pays for the coffee?", "answered": true, "confidence": 0.9, "answer": "About Who pays for the coffee [1].", "citations": [{"marker": 1, "passage": "name-your-effort", "title": "Let partners name the effort", "kind": "guidance", "topics": ["name-your-effort"], "quote": "The time straight after the kick-off is a good moment to settle on a name with your partners.", "source": {"document": "sector-direction-momentum", "title": "Direction, Connection, Momentum and Energy", "authors": "Not stated", "section": "Momentum and Energy: Name your effort", "file": "knowledge/guidance/name-your-effort.md", "line": 28}}], "related": [], "checklists": ["after-kickoff"], "elapsed_ms": 25.0, "error": null}','2026-03-02 15:08:00.000000',1,0);
INSERT INTO "exchanges" VALUES(9,1400000000000000001,1420000000000000001,1420000000000000006,1410000000000000004,1500000000000000009,1430000000000000008,0,'How do we share credit?',NULL,1,0.9,25.0,'["name-your-effort"]','{"id": "1500000000000000009", "question": "How do we share credit?", "answered": true, "confidence": 0.9, "answer": "About How do we share credit [1].", "citations": [{"marker": 1, "passage": "name-your-effort", "title": "Let partners name the effort", "kind": "guidance", "topics": ["name-your-effort"], "quote": "The time straight after the kick-off is a good moment to settle on a name with your partners.", "source": {"document": "sector-direction-momentum", "title": "Direction, Connection, Momentum and Energy", "authors": "Not stated", "section": "Momentum and Energy: Name your effort", "file": "knowledge/guidance/name-your-effort.md", "line": 28}}], "related": [], "checklists": ["after-kickoff"], "elapsed_ms": 25.0, "error": null}','2026-03-02 15:09:00.000000',0,0);
INSERT INTO "exchanges" VALUES(10,1400000000000000002,1420000000000000007,NULL,1410000000000000001,1500000000000000010,NULL,0,'And with whom?',NULL,1,0.9,25.0,'["name-your-effort"]','{"id": "1500000000000000010", "question": "And with whom?", "answered": true, "confidence": 0.9, "answer": "About And with whom [1].", "citations": [{"marker": 1, "passage": "name-your-effort", "title": "Let partners name the effort", "kind": "guidance", "topics": ["name-your-effort"], "quote": "The time straight after the kick-off is a good moment to settle on a name with your partners.", "source": {"document": "sector-direction-momentum", "title": "Direction, Connection, Momentum and Energy", "authors": "Not stated", "section": "Momentum and Energy: Name your effort", "file": "knowledge/guidance/name-your-effort.md", "line": 28}}], "related": [], "checklists": ["after-kickoff"], "elapsed_ms": 25.0, "error": null}','2026-03-02 15:10:00.000000',0,0);
CREATE TABLE feedback (
	alliance BIGINT NOT NULL, 
	exchange INTEGER NOT NULL, 
	person BIGINT NOT NULL, 
	helpful BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	given DATETIME NOT NULL, 
	CONSTRAINT pk_feedback PRIMARY KEY (alliance, exchange, person), 
	CONSTRAINT fk_feedback_alliance_exchange FOREIGN KEY(alliance, exchange) REFERENCES exchanges (alliance, id) ON DELETE CASCADE
);
INSERT INTO "feedback" VALUES(1400000000000000001,1,1410000000000000002,1,'','2026-03-02 15:10:00.000000');
INSERT INTO "feedback" VALUES(1400000000000000001,1,1410000000000000003,0,'Too general for us.','2026-03-02 15:10:00.000000');
INSERT INTO "feedback" VALUES(1400000000000000001,7,1410000000000000003,1,'','2026-03-02 15:10:00.000000');
INSERT INTO "feedback" VALUES(1400000000000000001,9,1410000000000000002,0,'','2026-03-02 15:10:00.000000');
CREATE TABLE note_gaps (
	alliance BIGINT NOT NULL, 
	note INTEGER NOT NULL, 
	exchange INTEGER NOT NULL, 
	CONSTRAINT pk_note_gaps PRIMARY KEY (alliance, note, exchange), 
	CONSTRAINT fk_note_gaps_alliance_note FOREIGN KEY(alliance, note) REFERENCES notes (alliance, id) ON DELETE CASCADE, 
	CONSTRAINT fk_note_gaps_alliance_exchange FOREIGN KEY(alliance, exchange) REFERENCES exchanges (alliance, id) ON DELETE CASCADE
);
INSERT INTO "note_gaps" VALUES(1400000000000000001,1,3);
INSERT INTO "note_gaps" VALUES(1400000000000000001,1,4);
INSERT INTO "note_gaps" VALUES(1400000000000000001,2,5);
CREATE TABLE notes (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	alliance BIGINT NOT NULL, 
	question TEXT NOT NULL, 
	text TEXT NOT NULL, 
	author BIGINT, 
	author_name TEXT NOT NULL, 
	created DATETIME NOT NULL, 
	retracted BOOLEAN NOT NULL, 
	CONSTRAINT uq_notes_alliance_id UNIQUE (alliance, id)
);
INSERT INTO "notes" VALUES(1,1400000000000000001,'What will the weather be?','It is sunny in the valley. Sam looks it up each morning.',1410000000000000006,'Sam','2026-03-02 15:10:00.000000',0);
INSERT INTO "notes" VALUES(2,1400000000000000001,'Does the weather matter?','It does not.',1410000000000000006,'Sam','2026-03-02 15:10:00.000000',1);
CREATE TABLE opportunities (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	alliance BIGINT NOT NULL, 
	poster BIGINT NOT NULL, 
	poster_name TEXT NOT NULL, 
	organization TEXT NOT NULL, 
	title TEXT NOT NULL, 
	description TEXT NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	audience TEXT NOT NULL, 
	deadline DATETIME, 
	link TEXT NOT NULL, 
	capacity BIGINT, 
	region TEXT NOT NULL, 
	contact TEXT NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	created DATETIME NOT NULL, 
	posted DATETIME, 
	closes DATETIME, 
	closed DATETIME, 
	edited DATETIME, 
	outcome VARCHAR(20), 
	note TEXT NOT NULL, 
	channel BIGINT, 
	message BIGINT, 
	thread BIGINT, 
	revision BIGINT NOT NULL, 
	reached BIGINT NOT NULL, 
	CONSTRAINT uq_opportunities_alliance_id UNIQUE (alliance, id)
);
INSERT INTO "opportunities" VALUES(1,1400000000000000001,1410000000000000005,'Ivy','Valley Workforce Board','Job fair','In the hall.','event','','2026-03-06 17:00:00.000000','',NULL,'','','closed','2026-03-04 10:01:00.000000','2026-03-04 10:01:00.000000','2026-03-06 17:00:00.000000','2026-03-06 17:00:00.000000',NULL,NULL,'',1420000000000000002,1430000000000000005,NULL,3,0);
INSERT INTO "opportunities" VALUES(2,1400000000000000001,1410000000000000005,'Ivy','Valley Workforce Board','Childcare money','Half is paid.','funding call','',NULL,'',2,'','','closed','2026-03-04 10:03:00.000000','2026-03-04 10:03:00.000000','2026-05-03 10:03:00.000000','2026-03-04 10:04:00.000000',NULL,'filled','All is spent.',1420000000000000002,1430000000000000006,NULL,3,4);
INSERT INTO "opportunities" VALUES(3,1400000000000000001,1410000000000000005,'Ivy','Valley Workforce Board','Welding seats','Evenings, paid, for people at work.','training seats','Small manufacturers','2026-03-20 17:00:00.000000','https://college.example.org/welding',1,'The hills','ivy@board.example.org','open','2026-03-09 10:01:00.000000','2026-03-09 10:01:00.000000','2026-03-20 17:00:00.000000',NULL,'2026-03-16 13:01:00.000000',NULL,'',1420000000000000002,1430000000000000004,1430000000000000004,6,4);
INSERT INTO "opportunities" VALUES(4,1400000000000000001,1410000000000000005,'Ivy','Valley Workforce Board','Bakery apprentices','Four wanted from May.','hiring need','',NULL,'',NULL,'','','open','2026-03-16 13:02:00.000000','2026-03-16 13:02:00.000000','2026-05-15 13:02:00.000000',NULL,NULL,NULL,'',1420000000000000002,1430000000000000007,NULL,1,4);
INSERT INTO "opportunities" VALUES(5,1400000000000000001,1410000000000000005,'Ivy','Valley Workforce Board','Helmets for welding','Forty, hardly used.','other','',NULL,'',NULL,'','','open','2026-03-16 13:03:00.000000','2026-03-16 13:03:00.000000','2026-05-15 13:03:00.000000',NULL,NULL,NULL,'',1420000000000000002,NULL,NULL,1,4);
INSERT INTO "opportunities" VALUES(6,1400000000000000001,1410000000000000005,'Ivy','Valley Workforce Board','Forklift course','One day, on a Saturday.','training seats','',NULL,'',NULL,'','','draft','2026-03-16 13:03:00.000000',NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,0,0);
INSERT INTO "opportunities" VALUES(7,1400000000000000001,1410000000000000005,'Ivy','','An old idea','Never mind.','other','',NULL,'',NULL,'','','discarded','2026-03-16 13:03:00.000000',NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,0,0);
INSERT INTO "opportunities" VALUES(8,1400000000000000002,1410000000000000001,'Rosa','Coast Board','Nets to mend','On the pier.','request for help','','2026-03-25 17:00:00.000000','',NULL,'','','open','2026-03-16 13:04:00.000000','2026-03-16 13:04:00.000000','2026-03-25 17:00:00.000000',NULL,NULL,NULL,'',1420000000000000008,NULL,NULL,1,1);
INSERT INTO "opportunities" VALUES(9,0,0,'You','Home Office','A desk to share','By the window.','other','','2026-03-30 17:00:00.000000','',NULL,'','','open','2026-03-16 13:09:00.000000','2026-03-16 13:09:00.000000','2026-03-30 17:00:00.000000',NULL,NULL,NULL,'',NULL,NULL,NULL,2,0);
INSERT INTO "opportunities" VALUES(10,0,0,'Me','Home Office','A lamp','Old.','other','',NULL,'',NULL,'','','draft','2026-03-16 13:09:00.000000',NULL,NULL,NULL,NULL,NULL,'',NULL,NULL,NULL,0,0);
CREATE TABLE opportunity_answers (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	alliance BIGINT NOT NULL, 
	opportunity INTEGER NOT NULL, 
	side TEXT NOT NULL, 
	person BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	organization TEXT NOT NULL, 
	reply VARCHAR(20) NOT NULL, 
	note TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT uq_opportunity_answers_alliance_opportunity_side UNIQUE (alliance, opportunity, side), 
	CONSTRAINT fk_opportunity_answers_alliance_opportunity FOREIGN KEY(alliance, opportunity) REFERENCES opportunities (alliance, id) ON DELETE CASCADE
);
INSERT INTO "opportunity_answers" VALUES(1,1400000000000000001,1,'organization river college',1410000000000000002,'Omar','River College','interested','','2026-03-04 10:02:00.000000');
INSERT INTO "opportunity_answers" VALUES(2,1400000000000000001,2,'organization hill bakery',1410000000000000003,'Ana','Hill Bakery','interested','For six children','2026-03-04 10:04:00.000000');
INSERT INTO "opportunity_answers" VALUES(4,1400000000000000001,3,'organization hill bakery',1410000000000000003,'Ana','Hill Bakery','interested','','2026-03-09 10:03:00.000000');
INSERT INTO "opportunity_answers" VALUES(5,1400000000000000001,3,'organization lake foundry',1410000000000000004,'Leo','Lake Foundry','waiting','','2026-03-09 10:04:00.000000');
INSERT INTO "opportunity_answers" VALUES(6,1400000000000000001,3,'organization river college',1410000000000000002,'Omar','River College','not for us','','2026-03-16 13:01:00.000000');
INSERT INTO "opportunity_answers" VALUES(7,0,9,'organization home office',0,'Me','Home Office','interested','','2026-03-16 13:09:00.000000');
CREATE TABLE opportunity_forms (
	alliance BIGINT NOT NULL, 
	person BIGINT NOT NULL, 
	about BIGINT NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	form JSON NOT NULL, 
	saved DATETIME NOT NULL, 
	CONSTRAINT pk_opportunity_forms PRIMARY KEY (alliance, person, about)
);
INSERT INTO "opportunity_forms" VALUES(1400000000000000001,1410000000000000005,0,'training seats','{"title": "Crane course", "description": "Two days.", "audience": "", "deadline": "someday", "link": "", "capacity": "3", "region": "", "contact": ""}','2026-03-16 13:04:00.000000');
INSERT INTO "opportunity_forms" VALUES(1400000000000000001,1410000000000000005,3,'training seats','{"title": "Welding seats", "description": "Evenings.", "audience": "", "deadline": "", "link": "", "capacity": "", "region": "The hills", "contact": "Ivy"}','2026-03-16 13:04:00.000000');
INSERT INTO "opportunity_forms" VALUES(0,0,0,'other','{"title": "A chair", "description": "", "audience": "", "deadline": "", "link": "", "capacity": "", "region": "", "contact": ""}','2026-03-16 13:09:00.000000');
CREATE TABLE organizations (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	alliance BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	folded TEXT NOT NULL, interests JSON DEFAULT '[]' NOT NULL, region TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT uq_organizations_alliance_id UNIQUE (alliance, id), 
	CONSTRAINT uq_organizations_alliance_folded UNIQUE (alliance, folded)
);
INSERT INTO "organizations" VALUES(1,1400000000000000001,'Valley Workforce Board','valley workforce board','[]','');
INSERT INTO "organizations" VALUES(2,1400000000000000001,'River College','river college','["welding", "apprentices", "childcare"]','');
INSERT INTO "organizations" VALUES(3,1400000000000000001,'Corner Kitchen','corner kitchen','[]','');
INSERT INTO "organizations" VALUES(4,1400000000000000001,'Hill Bakery','hill bakery','["welding", "apprentices", "childcare"]','');
INSERT INTO "organizations" VALUES(5,1400000000000000001,'Lake Foundry','lake foundry','["welding", "apprentices", "childcare"]','The valley');
INSERT INTO "organizations" VALUES(6,1400000000000000001,'Mill House','mill house','["welding", "apprentices", "childcare"]','');
INSERT INTO "organizations" VALUES(7,1400000000000000002,'Coast Board','coast board','[]','');
INSERT INTO "organizations" VALUES(8,1400000000000000002,'Harbor Works','harbor works','["nets"]','');
INSERT INTO "organizations" VALUES(9,0,'Home Office','home office','["desks"]','');
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	alliance BIGINT NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	about BIGINT NOT NULL, 
	"key" TEXT NOT NULL, 
	person BIGINT, 
	channel BIGINT, 
	due DATETIME NOT NULL, 
	details JSON NOT NULL, 
	attempts BIGINT NOT NULL, 
	tried DATETIME, 
	sent DATETIME, 
	given_up TEXT
);
INSERT INTO "outbox" VALUES(1,1400000000000000001,'commitment due',1,'commitment:1',1410000000000000003,NULL,'2026-03-16 09:00:00.000000','{"day": "2026-03-16"}',1,'2026-03-16 13:25:00.000000',NULL,NULL);
INSERT INTO "outbox" VALUES(2,1400000000000000001,'opportunity post',1,'opportunity:1:post',NULL,1420000000000000002,'2026-03-04 10:01:00.000000','{}',1,'2026-03-04 10:01:00.000000','2026-03-04 10:01:00.000000',NULL);
INSERT INTO "outbox" VALUES(6,1400000000000000001,'opportunity post',2,'opportunity:2:post',NULL,1420000000000000002,'2026-03-04 10:03:00.000000','{}',1,'2026-03-04 10:03:00.000000','2026-03-04 10:03:00.000000',NULL);
INSERT INTO "outbox" VALUES(7,1400000000000000001,'opportunity new',2,'opportunity:2:new:1410000000000000003',1410000000000000003,NULL,'2026-03-04 10:03:00.000000','{"reasons": [["words", "childcare"]]}',1,'2026-03-04 10:03:00.000000','2026-03-04 10:03:00.000000',NULL);
INSERT INTO "outbox" VALUES(8,1400000000000000001,'opportunity new',2,'opportunity:2:new:1410000000000000007',1410000000000000007,NULL,'2026-03-04 10:03:00.000000','{"reasons": [["words", "childcare"]]}',1,'2026-03-04 10:03:00.000000',NULL,'takes no direct messages');
INSERT INTO "outbox" VALUES(10,1400000000000000001,'digest',0,'digest:1410000000000000002',1410000000000000002,NULL,'2026-03-05 08:00:00.000000','{}',1,'2026-03-09 09:00:00.000000','2026-03-09 09:00:00.000000',NULL);
INSERT INTO "outbox" VALUES(11,1400000000000000001,'digest',0,'digest:1410000000000000004',1410000000000000004,NULL,'2026-03-09 12:30:00.000000','{}',1,'2026-03-10 09:00:00.000000','2026-03-10 09:00:00.000000',NULL);
INSERT INTO "outbox" VALUES(12,1400000000000000001,'channel digest',0,'digest:channel',NULL,1420000000000000002,'2026-03-05 09:00:00.000000','{}',1,'2026-03-09 09:00:00.000000','2026-03-09 09:00:00.000000',NULL);
INSERT INTO "outbox" VALUES(14,1400000000000000001,'opportunity refresh',2,'opportunity:2:refresh',NULL,1420000000000000002,'2026-03-04 10:04:00.000000','{"revision": 3}',1,'2026-03-06 17:01:00.000000','2026-03-06 17:01:00.000000',NULL);
INSERT INTO "outbox" VALUES(15,1400000000000000001,'opportunity outcome',1,'opportunity:1:outcome',1410000000000000005,NULL,'2026-03-20 17:00:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(16,1400000000000000001,'opportunity refresh',1,'opportunity:1:refresh',NULL,1420000000000000002,'2026-03-06 17:01:00.000000','{"revision": 3}',1,'2026-03-06 17:01:00.000000','2026-03-06 17:01:00.000000',NULL);
INSERT INTO "outbox" VALUES(17,1400000000000000001,'opportunity post',3,'opportunity:3:post',NULL,1420000000000000002,'2026-03-09 10:01:00.000000','{}',1,'2026-03-09 10:01:00.000000','2026-03-09 10:01:00.000000',NULL);
INSERT INTO "outbox" VALUES(18,1400000000000000001,'opportunity new',3,'opportunity:3:new:1410000000000000003',1410000000000000003,NULL,'2026-03-09 10:01:00.000000','{"reasons": [["words", "welding"]]}',1,'2026-03-09 10:01:00.000000','2026-03-09 10:01:00.000000',NULL);
INSERT INTO "outbox" VALUES(19,1400000000000000001,'opportunity new',3,'opportunity:3:new:1410000000000000007',1410000000000000007,NULL,'2026-03-09 10:01:00.000000','{"reasons": [["words", "welding"]]}',1,'2026-03-09 10:01:00.000000',NULL,'takes no direct messages');
INSERT INTO "outbox" VALUES(20,1400000000000000001,'opportunity close',3,'opportunity:3:close',NULL,NULL,'2026-03-20 17:00:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(21,1400000000000000001,'digest',0,'digest:1410000000000000002',1410000000000000002,NULL,'2026-03-10 08:00:00.000000','{}',1,'2026-03-10 09:00:00.000000','2026-03-10 09:00:00.000000',NULL);
INSERT INTO "outbox" VALUES(22,1400000000000000001,'channel digest',0,'digest:channel',NULL,1420000000000000002,'2026-03-10 09:00:00.000000','{}',1,'2026-03-10 09:00:00.000000','2026-03-10 09:00:00.000000',NULL);
INSERT INTO "outbox" VALUES(26,1400000000000000001,'opportunity refresh',3,'opportunity:3:refresh',NULL,1420000000000000002,'2026-03-09 10:04:00.000000','{"revision": 4}',1,'2026-03-09 10:04:00.000000','2026-03-09 10:04:00.000000',NULL);
INSERT INTO "outbox" VALUES(27,1400000000000000001,'run offered',2,'run:2:1',1410000000000000001,NULL,'2026-03-16 14:01:00.000000','{"paused": "2026-03-09T14:01:00+00:00", "last": false}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(28,1400000000000000001,'run offered',2,'run:2:2',1410000000000000001,NULL,'2026-03-23 14:01:00.000000','{"paused": "2026-03-09T14:01:00+00:00", "last": true}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(29,1400000000000000001,'commitment due',2,'commitment:2',NULL,1420000000000000005,'2026-03-17 08:00:00.000000','{"day": "2026-03-17"}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(31,1400000000000000001,'commitment due',5,'commitment:5',1410000000000000002,NULL,'2026-03-16 08:00:00.000000','{"day": "2026-03-16"}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(32,1400000000000000002,'commitment due',6,'commitment:6',1410000000000000001,NULL,'2026-03-18 09:00:00.000000','{"day": "2026-03-18"}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(33,1400000000000000001,'opportunity moved up',3,'opportunity:3:up:1410000000000000003',1410000000000000003,NULL,'2026-03-16 13:35:00.000000','{}',1,'2026-03-16 13:25:00.000000',NULL,NULL);
INSERT INTO "outbox" VALUES(34,1400000000000000001,'opportunity reminder',3,'opportunity:3:reminder:1410000000000000003',1410000000000000003,NULL,'2026-03-19 17:00:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(36,1400000000000000001,'opportunity changed',3,'opportunity:3:changed:1410000000000000003:1773666060',1410000000000000003,NULL,'2026-03-16 13:01:00.000000','{"fields": ["region"]}',1,'2026-03-16 13:25:00.000000',NULL,'failed 12 times');
INSERT INTO "outbox" VALUES(37,1400000000000000001,'opportunity changed',3,'opportunity:3:changed:1410000000000000004:1773666060',1410000000000000004,NULL,'2026-03-16 13:01:00.000000','{"fields": ["region"]}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(38,1400000000000000001,'opportunity refresh',3,'opportunity:3:refresh',NULL,1420000000000000002,'2026-03-16 13:01:00.000000','{"revision": 6}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(39,1400000000000000001,'opportunity question',3,'opportunity:3:question:1500000000000000011',NULL,1420000000000000002,'2026-03-16 13:01:00.000000','{"asker": "1410000000000000004", "name": "Leo", "organization": "Lake Foundry", "text": "Is lunch paid?"}',1,'2026-03-16 13:25:00.000000',NULL,NULL);
INSERT INTO "outbox" VALUES(40,1400000000000000001,'opportunity asked',3,'opportunity:3:asked:1500000000000000011',1410000000000000005,NULL,'2026-03-16 13:01:00.000000','{"asker": "1410000000000000004", "name": "Leo", "organization": "Lake Foundry", "text": "Is lunch paid?"}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(41,1400000000000000001,'opportunity post',4,'opportunity:4:post',NULL,1420000000000000002,'2026-03-16 13:02:00.000000','{}',1,'2026-03-16 13:02:00.000000','2026-03-16 13:02:00.000000',NULL);
INSERT INTO "outbox" VALUES(42,1400000000000000001,'opportunity new',4,'opportunity:4:new:1410000000000000003',1410000000000000003,NULL,'2026-03-16 13:02:00.000000','{"reasons": [["words", "apprentices"]]}',1,'2026-03-16 13:02:00.000000','2026-03-16 13:02:00.000000',NULL);
INSERT INTO "outbox" VALUES(43,1400000000000000001,'opportunity new',4,'opportunity:4:new:1410000000000000007',1410000000000000007,NULL,'2026-03-16 13:02:00.000000','{"reasons": [["words", "apprentices"]]}',1,'2026-03-16 13:02:00.000000',NULL,'takes no direct messages');
INSERT INTO "outbox" VALUES(44,1400000000000000001,'opportunity close',4,'opportunity:4:close',NULL,NULL,'2026-05-15 13:02:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(45,1400000000000000001,'digest',0,'digest:1410000000000000002',1410000000000000002,NULL,'2026-03-17 08:00:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(46,1400000000000000001,'digest',0,'digest:1410000000000000004',1410000000000000004,NULL,'2026-03-23 12:30:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(47,1400000000000000001,'channel digest',0,'digest:channel',NULL,1420000000000000002,'2026-03-17 09:00:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(48,1400000000000000001,'opportunity post',5,'opportunity:5:post',NULL,1420000000000000002,'2026-03-16 13:03:00.000000','{}',1,'2026-03-16 13:25:00.000000',NULL,NULL);
INSERT INTO "outbox" VALUES(49,1400000000000000001,'opportunity new',5,'opportunity:5:new:1410000000000000003',1410000000000000003,NULL,'2026-03-16 13:03:00.000000','{"reasons": [["words", "welding"]]}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(50,1400000000000000001,'opportunity new',5,'opportunity:5:new:1410000000000000007',1410000000000000007,NULL,'2026-03-16 13:03:00.000000','{"reasons": [["words", "welding"]]}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(51,1400000000000000001,'opportunity close',5,'opportunity:5:close',NULL,NULL,'2026-05-15 13:03:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(52,1400000000000000002,'opportunity post',8,'opportunity:8:post',NULL,1420000000000000008,'2026-03-16 13:04:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(53,1400000000000000002,'opportunity new',8,'opportunity:8:new:1410000000000000004',1410000000000000004,NULL,'2026-03-16 13:04:00.000000','{"reasons": [["words", "nets"]]}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(54,1400000000000000002,'opportunity close',8,'opportunity:8:close',NULL,NULL,'2026-03-25 17:00:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(55,0,'commitment due',7,'commitment:7',0,NULL,'2026-03-16 09:00:00.000000','{"day": "2026-03-16"}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(56,0,'run offered',9,'run:9:1',0,NULL,'2026-03-23 13:08:00.000000','{"paused": "2026-03-16T13:08:00+00:00", "last": false}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(57,0,'run offered',9,'run:9:2',0,NULL,'2026-03-30 13:08:00.000000','{"paused": "2026-03-16T13:08:00+00:00", "last": true}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(58,0,'opportunity close',9,'opportunity:9:close',NULL,NULL,'2026-03-30 17:00:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(59,0,'opportunity reminder',9,'opportunity:9:reminder:0',0,NULL,'2026-03-29 17:00:00.000000','{}',0,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES(60,1400000000000000001,'gave up',0,'gave-up:2026-03-17',NULL,1420000000000000003,'2026-03-17 09:00:00.000000','{"kinds": {"opportunity changed": 1}}',0,NULL,NULL,NULL);
CREATE TABLE partner_people (
	alliance BIGINT NOT NULL, 
	person BIGINT NOT NULL, 
	name TEXT NOT NULL, 
	shown BOOLEAN NOT NULL, 
	contact TEXT NOT NULL, 
	CONSTRAINT pk_partner_people PRIMARY KEY (alliance, person)
);
INSERT INTO "partner_people" VALUES(1400000000000000001,1410000000000000002,'Omar',1,'omar@college.example.org');
INSERT INTO "partner_people" VALUES(1400000000000000001,1410000000000000003,'Ana',0,'');
INSERT INTO "partner_people" VALUES(0,0,'Me',1,'');
CREATE TABLE pending_questions (
	alliance BIGINT NOT NULL, 
	message BIGINT NOT NULL, 
	channel BIGINT NOT NULL, 
	thread BIGINT, 
	person BIGINT NOT NULL, 
	received DATETIME NOT NULL, 
	previous BIGINT, 
	CONSTRAINT pk_pending_questions PRIMARY KEY (alliance, message)
);
INSERT INTO "pending_questions" VALUES(1400000000000000001,1430000000000000003,1420000000000000001,NULL,1410000000000000004,'2026-03-16 13:25:00.000000',1);
CREATE TABLE person_settings (
	alliance BIGINT NOT NULL, 
	person BIGINT NOT NULL, 
	zone TEXT NOT NULL, 
	at TIME NOT NULL, 
	quiet_start TIME, 
	quiet_end TIME, mode VARCHAR(20) DEFAULT 'instant' NOT NULL, 
	CONSTRAINT pk_person_settings PRIMARY KEY (alliance, person)
);
INSERT INTO "person_settings" VALUES(1400000000000000001,1410000000000000001,'America/Chicago','09:00:00.000000','22:00:00.000000','07:00:00.000000','off');
INSERT INTO "person_settings" VALUES(1400000000000000001,1410000000000000002,'UTC','08:00:00.000000',NULL,NULL,'daily');
INSERT INTO "person_settings" VALUES(1400000000000000001,1410000000000000003,'UTC','09:00:00.000000',NULL,NULL,'instant');
INSERT INTO "person_settings" VALUES(1400000000000000001,1410000000000000004,'America/New_York','08:30:00.000000',NULL,NULL,'weekly');
INSERT INTO "person_settings" VALUES(1400000000000000001,1410000000000000007,'UTC','09:00:00.000000',NULL,NULL,'instant');
INSERT INTO "person_settings" VALUES(0,0,'UTC','09:00:00.000000',NULL,NULL,'off');
CREATE TABLE run_answers (
	alliance BIGINT NOT NULL, 
	run INTEGER NOT NULL, 
	step TEXT NOT NULL, 
	person BIGINT NOT NULL, 
	position BIGINT NOT NULL, 
	text TEXT NOT NULL, 
	value TEXT NOT NULL, 
	what TEXT, 
	who TEXT, 
	day DATE, 
	name TEXT NOT NULL, 
	organization TEXT NOT NULL, 
	revision BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_run_answers PRIMARY KEY (alliance, run, step, person), 
	CONSTRAINT fk_run_answers_alliance_run FOREIGN KEY(alliance, run) REFERENCES runs (alliance, id) ON DELETE CASCADE
);
INSERT INTO "run_answers" VALUES(1400000000000000001,1,'next-meeting',1410000000000000001,0,'April 6','2026-04-06',NULL,NULL,NULL,'Rosa','Valley Workforce Board',1,'2026-03-03 10:02:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,1,'meeting-objective',1410000000000000001,0,'An **agenda** for <@1>','An **agenda** for <@1>',NULL,NULL,NULL,'Rosa','Valley Workforce Board',1,'2026-03-03 10:03:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,2,'where',1410000000000000001,0,'At the *beginning*','At the *beginning*',NULL,NULL,NULL,'Rosa','Valley Workforce Board',1,'2026-03-03 10:05:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,2,'ready',1410000000000000001,0,'Yes','yes',NULL,NULL,NULL,'Rosa','Valley Workforce Board',1,'2026-03-03 10:06:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,2,'trust',1410000000000000001,0,'4 of 5','4',NULL,NULL,NULL,'Rosa','Valley Workforce Board',1,'2026-03-03 10:08:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,3,'where',1410000000000000002,0,'Further than last year','Further than last year',NULL,NULL,NULL,'Omar','River College',1,'2026-03-03 10:10:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,3,'where',1410000000000000003,1,'Nowhere, honestly','Nowhere, honestly',NULL,NULL,NULL,'Ana','Hill Bakery',1,'2026-03-03 10:11:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,3,'ready',1410000000000000003,0,'No, not yet','no',NULL,NULL,NULL,'Ana','Hill Bakery',1,'2026-03-03 10:13:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,3,'ready',1410000000000000002,1,'Yes','yes',NULL,NULL,NULL,'Omar','River College',1,'2026-03-03 10:14:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,4,'where',1410000000000000003,0,'In the kitchen','In the kitchen',NULL,NULL,NULL,'Ana','Hill Bakery',1,'2026-03-03 10:16:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,4,'ready',1410000000000000003,0,'no','no',NULL,NULL,NULL,'Ana','Hill Bakery',1,'2026-03-03 10:17:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,4,'lacks',1410000000000000003,0,'Time','Time',NULL,NULL,NULL,'Ana','Hill Bakery',1,'2026-03-03 10:18:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,4,'size',1410000000000000003,0,'L','L',NULL,NULL,NULL,'Ana','Hill Bakery',1,'2026-03-03 10:19:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,4,'day',1410000000000000003,0,'May 4','2026-05-04',NULL,NULL,NULL,'Ana','Hill Bakery',1,'2026-03-03 10:21:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,4,'next',1410000000000000003,0,'We call.','We call.','Call the college','Ana and Bo','2026-03-16','Ana','Hill Bakery',1,'2026-03-03 10:22:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,3,'next',1410000000000000002,0,'The mayor!','The mayor!','Invite the mayor','','2026-03-17','Omar','River College',1,'2026-03-09 14:02:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,5,'ready',1410000000000000001,0,'Yes, fully','yes',NULL,NULL,NULL,'Rosa','Valley Workforce Board',2,'2026-03-09 14:07:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,5,'next',1410000000000000001,0,'Lunch','Lunch','Book a table','',NULL,'Rosa','Valley Workforce Board',1,'2026-03-09 14:11:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,6,'next',1410000000000000002,0,'Paint','Paint','Paint the wall','','2026-04-01','Omar','River College',1,'2026-03-09 14:14:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000001,7,'next',1410000000000000002,0,'Ring','Ring','Ring the bell','Omar','2026-03-16','Omar','River College',1,'2026-03-09 14:18:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000002,8,'where',1410000000000000001,0,'At sea','At sea',NULL,NULL,NULL,'Rosa','Coast Board',1,'2026-03-09 14:20:00.000000');
INSERT INTO "run_answers" VALUES(1400000000000000002,8,'next',1410000000000000001,0,'Nets','Nets','Mend the nets','','2026-03-18','Rosa','Coast Board',1,'2026-03-09 14:21:00.000000');
INSERT INTO "run_answers" VALUES(0,9,'next',0,0,'Tidy','Tidy','Tidy up','','2026-03-16','You','',1,'2026-03-16 13:06:00.000000');
INSERT INTO "run_answers" VALUES(0,9,'where',0,0,'At my desk','At my desk',NULL,NULL,NULL,'You','',1,'2026-03-16 13:07:00.000000');
CREATE TABLE run_skips (
	alliance BIGINT NOT NULL, 
	run INTEGER NOT NULL, 
	step TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	person BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_run_skips PRIMARY KEY (alliance, run, step), 
	CONSTRAINT fk_run_skips_alliance_run FOREIGN KEY(alliance, run) REFERENCES runs (alliance, id) ON DELETE CASCADE
);
INSERT INTO "run_skips" VALUES(1400000000000000001,2,'size','',1410000000000000001,'2026-03-03 10:07:00.000000');
INSERT INTO "run_skips" VALUES(1400000000000000001,4,'trust','',1410000000000000003,'2026-03-03 10:20:00.000000');
INSERT INTO "run_skips" VALUES(1400000000000000001,5,'where','Nobody knows',1410000000000000001,'2026-03-09 14:04:00.000000');
INSERT INTO "run_skips" VALUES(1400000000000000001,5,'size','',1410000000000000001,'2026-03-09 14:08:00.000000');
INSERT INTO "run_skips" VALUES(1400000000000000001,5,'trust','',1410000000000000001,'2026-03-09 14:09:00.000000');
INSERT INTO "run_skips" VALUES(1400000000000000001,5,'day','',1410000000000000001,'2026-03-09 14:10:00.000000');
CREATE TABLE runs (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	alliance BIGINT NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	checklist TEXT NOT NULL, 
	version BIGINT NOT NULL, 
	owner BIGINT NOT NULL, 
	owner_name TEXT NOT NULL, 
	team BOOLEAN NOT NULL, 
	thread BIGINT, 
	status VARCHAR(20) NOT NULL, 
	current TEXT, 
	revision BIGINT NOT NULL, 
	started DATETIME NOT NULL, 
	changed DATETIME NOT NULL, 
	finished DATETIME, 
	CONSTRAINT uq_runs_alliance_id UNIQUE (alliance, id), 
	CONSTRAINT fk_runs_alliance_digest FOREIGN KEY(alliance, digest) REFERENCES definitions (alliance, digest)
);
INSERT INTO "runs" VALUES(1,1400000000000000001,'f599d8fefc080feff83c565567ad2fa6f7f98f7736db6fa8f605a28ee11e84ef','after-kickoff',1,1410000000000000001,'Rosa',0,NULL,'open','has-name',2,'2026-03-03 10:01:00.000000','2026-03-03 10:03:00.000000',NULL);
INSERT INTO "runs" VALUES(2,1400000000000000001,'acd64fe572c4ed355980b554fda2d447c90857ac559ccbb4b1c8411ffa23abab','plan',1,1410000000000000001,'Rosa',0,NULL,'paused','day',5,'2026-03-03 10:04:00.000000','2026-03-09 14:01:00.000000',NULL);
INSERT INTO "runs" VALUES(3,1400000000000000001,'acd64fe572c4ed355980b554fda2d447c90857ac559ccbb4b1c8411ffa23abab','plan',1,1410000000000000001,'Rosa',1,1420000000000000005,'open','ready',1,'2026-03-03 10:09:00.000000','2026-03-09 14:02:00.000000',NULL);
INSERT INTO "runs" VALUES(4,1400000000000000001,'acd64fe572c4ed355980b554fda2d447c90857ac559ccbb4b1c8411ffa23abab','plan',1,1410000000000000003,'Ana',0,NULL,'finished',NULL,8,'2026-03-03 10:15:00.000000','2026-03-03 10:23:00.000000','2026-03-03 10:23:00.000000');
INSERT INTO "runs" VALUES(5,1400000000000000001,'acd64fe572c4ed355980b554fda2d447c90857ac559ccbb4b1c8411ffa23abab','plan',1,1410000000000000001,'Rosa',0,NULL,'finished',NULL,9,'2026-03-09 14:03:00.000000','2026-03-09 14:12:00.000000','2026-03-09 14:12:00.000000');
INSERT INTO "runs" VALUES(6,1400000000000000001,'acd64fe572c4ed355980b554fda2d447c90857ac559ccbb4b1c8411ffa23abab','plan',1,1410000000000000002,'Omar',0,NULL,'cancelled','where',1,'2026-03-09 14:13:00.000000','2026-03-09 14:15:00.000000',NULL);
INSERT INTO "runs" VALUES(7,1400000000000000001,'acd64fe572c4ed355980b554fda2d447c90857ac559ccbb4b1c8411ffa23abab','plan',1,1410000000000000002,'Omar',0,NULL,'open','where',1,'2026-03-09 14:16:00.000000','2026-03-09 14:18:00.000000',NULL);
INSERT INTO "runs" VALUES(8,1400000000000000002,'01b17bcc22bd65c30928bc124061c1705acf800592f4b0b19c8381b12927d635','short',2,1410000000000000001,'Rosa',0,NULL,'open',NULL,2,'2026-03-09 14:19:00.000000','2026-03-09 14:21:00.000000',NULL);
INSERT INTO "runs" VALUES(9,0,'01b17bcc22bd65c30928bc124061c1705acf800592f4b0b19c8381b12927d635','short',2,0,'You',0,NULL,'paused','next',2,'2026-03-16 13:05:00.000000','2026-03-16 13:08:00.000000',NULL);
CREATE TABLE settings (
	alliance BIGINT NOT NULL, 
	steward_role BIGINT, 
	intermediary_role BIGINT, 
	retention_days BIGINT NOT NULL, 
	notes TEXT NOT NULL, 
	CONSTRAINT pk_settings PRIMARY KEY (alliance)
);
INSERT INTO "settings" VALUES(1400000000000000001,1440000000000000001,1440000000000000002,90,'Set up by Sam');
INSERT INTO "settings" VALUES(1400000000000000002,NULL,NULL,365,'');
INSERT INTO "settings" VALUES(0,NULL,NULL,180,'');
CREATE INDEX ix_events_alliance_claimed ON events (alliance, claimed);
CREATE INDEX ix_exchanges_alliance_answer_message ON exchanges (alliance, answer_message);
CREATE INDEX ix_exchanges_alliance_source ON exchanges (alliance, source);
CREATE INDEX ix_exchanges_alliance_thread ON exchanges (alliance, thread);
CREATE INDEX ix_exchanges_alliance_created ON exchanges (alliance, created);
CREATE INDEX ix_exchanges_person_alliance ON exchanges (person, alliance);
CREATE INDEX ix_exchanges_previous ON exchanges (previous);
CREATE INDEX ix_feedback_person_alliance ON feedback (person, alliance);
CREATE INDEX ix_notes_author_alliance ON notes (author, alliance);
CREATE INDEX ix_note_gaps_alliance_exchange ON note_gaps (alliance, exchange);
CREATE INDEX ix_runs_alliance_owner_changed ON runs (alliance, owner, changed);
CREATE INDEX ix_runs_alliance_thread_changed ON runs (alliance, thread, changed);
CREATE INDEX ix_runs_alliance_changed ON runs (alliance, changed);
CREATE INDEX ix_runs_alliance_digest ON runs (alliance, digest);
CREATE INDEX ix_runs_owner_alliance ON runs (owner, alliance);
CREATE INDEX ix_run_answers_person_alliance ON run_answers (person, alliance);
CREATE INDEX ix_run_skips_person_alliance ON run_skips (person, alliance);
CREATE INDEX ix_drafts_person_alliance ON drafts (person, alliance);
CREATE INDEX ix_commitments_person_alliance ON commitments (person, alliance);
CREATE INDEX ix_person_settings_person_alliance ON person_settings (person, alliance);
CREATE INDEX ix_affiliations_alliance_organization ON affiliations (alliance, organization);
CREATE INDEX ix_affiliations_person_alliance ON affiliations (person, alliance);
CREATE UNIQUE INDEX ix_outbox_alliance_key ON outbox (alliance, "key") WHERE sent IS NULL AND given_up IS NULL;
CREATE INDEX ix_outbox_due ON outbox (due) WHERE sent IS NULL AND given_up IS NULL;
CREATE INDEX ix_outbox_alliance_kind_about ON outbox (alliance, kind, about);
CREATE INDEX ix_outbox_person_alliance ON outbox (person, alliance);
CREATE INDEX ix_opportunities_alliance_state_closes ON opportunities (alliance, state, closes);
CREATE INDEX ix_opportunities_alliance_posted ON opportunities (alliance, posted);
CREATE INDEX ix_opportunities_poster_alliance ON opportunities (poster, alliance);
CREATE INDEX ix_digest_items_alliance_opportunity ON digest_items (alliance, opportunity);
CREATE INDEX ix_opportunity_answers_person_alliance ON opportunity_answers (person, alliance);
CREATE INDEX ix_opportunity_forms_person_alliance ON opportunity_forms (person, alliance);
CREATE INDEX ix_digest_items_person_alliance ON digest_items (person, alliance);
CREATE INDEX ix_partner_people_person_alliance ON partner_people (person, alliance);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('organizations',9);
INSERT INTO "sqlite_sequence" VALUES('affiliations',10);
INSERT INTO "sqlite_sequence" VALUES('exchanges',10);
INSERT INTO "sqlite_sequence" VALUES('notes',2);
INSERT INTO "sqlite_sequence" VALUES('runs',9);
INSERT INTO "sqlite_sequence" VALUES('commitments',7);
INSERT INTO "sqlite_sequence" VALUES('outbox',60);
INSERT INTO "sqlite_sequence" VALUES('opportunities',10);
INSERT INTO "sqlite_sequence" VALUES('opportunity_answers',7);
COMMIT;
