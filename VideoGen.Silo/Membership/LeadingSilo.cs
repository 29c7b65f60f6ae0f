namespace VideoGen.Silo.Membership;

/// <summary>
/// Which silo does the periodic work that one does for all: the lowest of those that are active. One that is leaving leads no
/// more. When two take themselves for it for a moment, or one dies half-way, nothing is lost: such work is durable in each
/// step and may be repeated.
/// </summary>
internal sealed class LeadingSilo(IClusterMembershipService membership, ILocalSiloDetails silo)
{
    /// <summary>Whether it is this one.</summary>
    public bool IsThisOne => Of(membership.CurrentSnapshot.Members.Values.Select(member => (member.SiloAddress, member.Status)))
        ?.Equals(silo.SiloAddress) is true;

    /// <summary>The one of these; null when none is active.</summary>
    public static SiloAddress? Of(IEnumerable<(SiloAddress Address, SiloStatus Status)> silos) =>
        silos.Where(one => one.Status is SiloStatus.Active).Select(one => one.Address).Min();
}
