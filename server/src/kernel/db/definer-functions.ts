/**
 * Every function that runs with its owner's rights, and why it must. Each is a door in the wall: it checks by itself who
 * calls (app.account_id, app.may, app.party_id), and says no more than its line here. One that is not listed fails the build.
 */
export const definerFunctions: Record<string, string> = {
  'app.now': 'reads whether this is a test database, the only place where the clock may be set',
  'app.sign': 'reads the key that signs contexts; no login may call it',
  'app.caller': 'verifies the signature of the context',
  'app.enter': 'looks session, member, role and scopes up from the token, before anybody is anybody',
  'app.actor_name': "the caller's own name",
  'access.write_audit': 'writes an entry of the audit record, where no login may; only owner functions call it',
  'access.record': "writes the caller's own entry: who he is comes from the context",
  'access.record_sign_in': 'writes that somebody signed in, or was refused; identity login',
  'access.sync_roles': 'carries built-in roles into every account on migrate; no login may call it',
  'access.create_account': 'makes an account for who consumed a one-time link; identity login',
  'access.places_of': 'where a person may sign in; identity login, after the password',
  'access.invitation_by_token': 'what an invitation says to who holds its link; identity login',
  'access.accept_invitation': 'consumes a link and makes the member; identity login',
  'access.invitation_for_mail': "the words of an invitation's mail; worker",
  'access.mint_invitation_token': "mints an invitation's link: the worker when it mails, or who may reveal it",
  'access.void_invitation_links': 'ends the links of an invitation that is sent again; asks for users:manage',
  'access.person_of_session': 'who is signed in where a link is opened; identity login',
  'access.end_sessions': "ends another's sessions; asks for users:manage",
  'access.end_my_session': "ends the caller's own session",
  'access.keep_preferences': "writes the caller's own language and looks",
  'access.my_preferences': "the caller's own address, language and looks",
  'access.add_key': 'puts the hash of a new key beside its member; asks for keys:manage',
  'access.keep_an_administrator': 'trigger: counts administrators whom the caller may not see',
  'stock.first_warehouse': 'trigger: a new account gets its warehouse',
  'channels.first_store': 'trigger: a new account gets its store',
  'orders.status_of': 'computes a status from facts of which the caller may see only some',
  'orders.recompute': 'writes the computed status, which no login may; of orders the caller reaches',
  'orders.recompute_in': 'the same for an account that is named; only owner functions call it',
  'orders.release_due_holds': 'the worker releases holds whose day has come, of every account',
  'orders.count_added': 'trigger: keeps the counts by status, which no login may write',
  'orders.count_moved': 'the same where orders change their status',
  'orders.fold_counts': 'the worker folds the counts of every account',
  'orders.stage_of':
    'how far an order is, from fulfillment orders the caller may not see; of an order the caller reaches',
  'fulfillment.record': "a supplier tells the story of an order he can't see, about his own part",
  'orders.follow_products':
    'lines of stores beyond the caller take the tags of a product he may edit; asks for products:edit',
  'fulfillment.lock_orders':
    "makes those who work on the same order wait for each other; orders of the caller's account",
  'fulfillment.lock': 'the same, from fulfillment orders the caller may reach',
  'fulfillment.snapshot':
    'copies what stands on the order to its fulfillment orders; asks for assign, ship, edit or hold',
  'fulfillment.set_words': 'under which words a supplier finds what is his; asks as fulfillment.snapshot does',
  'fulfillment.settle':
    'computes the state of fulfillment orders, which no login may write, and the status of their orders',
  'fulfillment.ship':
    'records what left, beside an order of which a supplier knows nothing; asks for fulfillment:ship or queue:ship',
  'fulfillment.unassign': 'takes back what has not left and ends the sight of it; asks for fulfillment:assign',
  'fulfillment.follow_cancelled': 'takes what was cancelled from those who had it; asks for orders:cancel',
  'fulfillment.raise_rejected': "a supplier's rejection is an issue of an order he can't see",
  'fulfillment.add_tracking_words': 'the house finds an order by the tracking that a supplier entered',
  'automation.supplier_names':
    'names of suppliers that rules speak of, for who may read rules but no suppliers; asks for rules:read',
  'intake.bytes_kept': "what all members' uploads take of the account's room; a sum; asks for orders:import",
  'intake.retire_files': 'the worker lets go of uploaded files after thirty days, of every account',
  'jobs.enqueue':
    'nobody but it puts a job in, so that nobody makes one of another; as the caller, or as automation by kind and permission',
  'jobs.claim': 'gives a worker that lives the next job, by whose turn it is; worker',
  'jobs.beat': 'puts back the jobs of workers that are silent; worker',
  'jobs.holds_lease':
    "tells a job, to which no login may write, whether it is still this worker's; of the caller's account",
  'jobs.cancel': 'ends a job of the caller, or of his account where he manages jobs',
  'jobs.retry': 'puts what was set aside into the queue again; likewise',
  'jobs.remove_old': 'deletes jobs that ended long ago, which no login may; worker',
  'access.sweep': 'deletes sessions and links that are over, which only the identity login sees; worker',
  'app.count_young_tables': 'ANALYZE belongs to the owner; the worker calls it between batches, it tells nothing',
  'jobs.mint_session': 'lets the worker enter as the owner of a job',
  'jobs.end_session': 'ends the session of a job',
}
