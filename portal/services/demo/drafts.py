"""Drafts of the sample set: agreements that are being written have one, with a beginning of its texts."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.drafting import Section
from portal.domain.policy import Actor
from portal.models import Agreement
from portal.queries import agreements, doc_templates
from portal.queries import drafts as reading
from portal.services import drafts
from portal.services.drafts import Save

WRITTEN = frozenset({Stage.DRAFTING, Stage.NEGOTIATION, Stage.INITIALLING, Stage.SIGNING})
RECITALS = ["para pihak perlu memadukan layanan bagi penerima manfaat di wilayah kerjanya (contoh)"]
LEGAL_BASES = ["Undang-Undang Nomor 11 Tahun 2009 tentang Kesejahteraan Sosial"]


def put_all(session: Session, *, actor: Actor, now: datetime) -> int:
    """Begin the drafts of the sample agreements that are being written; return how many.

    Without a library of templates there is nothing to begin from.
    """
    query = select(Agreement).where(Agreement.is_sample.is_(True), Agreement.stage.in_(WRITTEN)).order_by(Agreement.id)
    begun = 0
    for agreement in session.scalars(query).all():
        version = doc_templates.current_for(session, agreement.kind)
        if version is None:
            continue
        draft = drafts.start(session, agreement, version=version, actor=actor, now=now)
        stamp = reading.stamp(draft, Section.RECITALS, agreements.facts(session, agreement))
        texts = {"recitals": RECITALS, "legal_bases": LEGAL_BASES}
        drafts.save_section(
            session, draft, Save(section=Section.RECITALS, stamp=stamp, texts=texts), actor=actor, now=now
        )
        begun += 1
    return begun
