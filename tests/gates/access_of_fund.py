"""What arguments of the fund stand for, as selects: things with their institution and stage, and whose they are."""

from sqlalchemy import select

from hub.fund.models import Application, CaseStudy, CoApplicant, StudyStage

CO_APPLICANTS = select(CoApplicant.id, Application.institution_id, CoApplicant.answer).join(CoApplicant.application)
WHO_APPLIES = {
    "asked": select(CoApplicant.id, CoApplicant.person_id),
    "applicant": select(CoApplicant.id, Application.applicant_id).join(CoApplicant.application),
}
STUDIES = select(CaseStudy.id, CaseStudy.institution_id, CaseStudy.stage).order_by(CaseStudy.id)
AUTHORS = {"author": select(CaseStudy.id, CaseStudy.author_id)}
PUBLISHED_STUDIES = (
    select(CaseStudy.slug, CaseStudy.institution_id, CaseStudy.stage)
    .where(CaseStudy.stage == StudyStage.PUBLISHED)
    .order_by(CaseStudy.id)
)
