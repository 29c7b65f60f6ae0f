namespace VideoGen.Silo.Membership;

/// <summary>
/// Chooses the silo that does periodic work for the whole cluster: the active silo with the lowest address. A silo that is
/// leaving no longer leads. If two silos both consider themselves the leader for a moment, or one dies half-way, nothing is lost:
/// every step of such work is durable and may be repeated.
/// </summary>
internal sealed class LeadingSilo(IClusterMembershipService membership, ILocalSiloDetails silo)
{
    /// <summary>Whether this silo is the leader.</summary>
    public bool IsThisOne => Of(membership.CurrentSnapshot.Members.Values.Select(member => (member.SiloAddress, member.Status)))
        ?.Equals(silo.SiloAddress) is true;

    /// <summary>The leader among these silos; null when none is active.</summary>
    public static SiloAddress? Of(IEnumerable<(SiloAddress Address, SiloStatus Status)> silos) =>
        silos.Where(one => one.Status is SiloStatus.Active).Select(one => one.Address).Min();
}
