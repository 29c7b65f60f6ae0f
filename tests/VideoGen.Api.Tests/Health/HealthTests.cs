using System.Net;

namespace VideoGen.Api.Tests.Health;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health")]
    [InlineData("/api/health")]
    public async Task Health_answers_what_the_web_client_expects(string path)
    {
        await using var api = await ApiHost.StartAsync();

        Assert.Equal("""{"status":"ok","service":"AI Video Generator API"}""", await api.Client.GetStringAsync(path));
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/ready")]
    public async Task Probes_are_there_in_production(string path)
    {
        await using var api = await ApiHost.StartAsync();

        using var response = await api.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
