using System.Net;
using VideoGen.Silo.Membership;

namespace VideoGen.Silo.Tests.Membership;

public sealed class LeadingSiloTests
{
    [Fact]
    public void The_lowest_that_is_active_leads_and_one_that_is_leaving_does_not() => Assert.Equal(
        Silo(2),
        LeadingSilo.Of([(Silo(3), SiloStatus.Active), (Silo(1), SiloStatus.ShuttingDown), (Silo(2), SiloStatus.Active)]));

    [Fact]
    public void Nobody_leads_where_none_is_active() => Assert.Null(LeadingSilo.Of([(Silo(1), SiloStatus.Joining)]));

    private static SiloAddress Silo(int number) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11110 + number), 1);
}
