using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VideoGen.Api.Authentication;
using VideoGen.Testing;

namespace VideoGen.Api.Tests.Authentication;

public sealed class AuditTests : IDisposable
{
    private readonly KeyBox _box = new();

    [Fact]
    public async Task Every_act_is_one_line_that_says_who_did_what_and_how_it_ended()
    {
        var key = _box.Add("laptop", "alice");
        await using var api = await ApiHost.StartAsync(_box.Setting);
        using var alice = api.ClientWith(key);
        using var bob = api.ClientWith(_box.Add("bob"));
        api.Keys.Reload();

        var id = (await (await alice.GenerateAsync(script: "A secret plan.")).JsonAsync()).Text("id");
        await alice.PostAsync($"/generation/{id}/cancel", null);
        await alice.PostAsync($"/generation/{id}/retry", null);
        await bob.DeleteAsync($"/generation/{id}");
        await alice.PostAsync($"/api/generation/{id}/regenerate", null);
        await bob.DeleteAsync("/generation/no%0Aid");
        await alice.GetAsync($"/generation/{id}");

        var lines = Lines(api);
        Assert.Equal(
            [
                "Audit: add_key done", $"Audit: submit done, generation {id}, owner alice, key laptop, from 127.0.0.1",
                $"Audit: cancel done, generation {id}, owner alice, key laptop, from 127.0.0.1",
                $"Audit: retry refused, generation {id}, owner alice, key laptop, from 127.0.0.1",
                $"Audit: delete not_found, generation {id}, owner bob, key bob, from 127.0.0.1",
            ],
            lines.Take(5).Select(line => line.Split(", trace ")[0].Split(", key id ")[0]));
        Assert.StartsWith("Audit: regenerate done, generation ", lines[5], StringComparison.Ordinal);
        Assert.StartsWith("Audit: delete not_found, generation -, owner bob", lines[6], StringComparison.Ordinal);
        Assert.Equal(7, lines.Count);
        Assert.All(api.Log.Lines, line => Assert.DoesNotContain("secret plan", line.Text, StringComparison.Ordinal));
        Assert.All(api.Log.Lines, line => Assert.DoesNotContain(key.Split('_', 3)[2], line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_keys_the_public_does_it_and_a_repetition_is_told_from_an_act()
    {
        await using var api = await ApiHost.StartAsync();
        var order = $$"""{"characterImageUrl":"{{await api.Client.UploadAsync()}}","script":"She waves."}""";

        for (var time = 0; time < 2; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/generate-video") { Content = new StringContent(order) };
            request.Headers.Add("Idempotency-Key", "once");
            using var answer = await api.Client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        api.Cluster.Trouble = new TimeoutException();
        await api.Client.DeleteAsync("/generation/" + Orders.NewId());

        Assert.Collection(
            Lines(api),
            line => Assert.Matches("submit done, generation .*, owner public, key -, from 127.0.0.1, trace [0-9a-f]+", line),
            line => Assert.Contains("submit replayed", line, StringComparison.Ordinal),
            line => Assert.Contains("delete failed", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("::ffff:203.0.113.1", "203.0.113.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    public void An_address_of_IPv4_is_told_as_one(string remote, string told)
    {
        using var services = _box.Services(TimeProvider.System);
        using var log = new LogRecorder();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var audit = new Audit(loggers, services.GetRequiredService<IMeterFactory>());

        audit.Did(new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(remote) } }, "cancel", "done", null);

        Assert.Contains($", from {told}, trace ", Assert.Single(log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Acts_are_counted_by_what_they_were_and_how_they_ended_and_refused_keys_are_counted_only()
    {
        _box.Add("alice");
        using var services = _box.Services(TimeProvider.System);
        var (meters, audit) = (services.GetRequiredService<IMeterFactory>(), services.GetRequiredService<Audit>());
        List<string> counted = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Scope == meters)
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => counted.Add(
            $"{instrument.Meter.Name} {instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
        listener.Start();

        audit.Did(new DefaultHttpContext(), "cancel", "not_found", null);
        audit.KeyRefused();

        Assert.Equal(
            [
                "VideoGen videogen.audit.acts 1 videogen.act=cancel videogen.outcome=not_found",
                "VideoGen videogen.audit.acts 1 videogen.act=authenticate videogen.outcome=refused",
            ],
            counted);
    }

    private static List<string> Lines(ApiHost api) =>
        [.. api.Log.Lines.Select(line => line.Text.Trim()).Where(text => text.StartsWith("Audit: ", StringComparison.Ordinal))];

    public void Dispose() => _box.Dispose();
}
