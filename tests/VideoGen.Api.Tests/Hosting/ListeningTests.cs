using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using VideoGen.Api.Hosting;

namespace VideoGen.Api.Tests.Hosting;

public sealed class ListeningTests
{
    [Theory]
    [InlineData("", "http://*:7860")]
    [InlineData("PORT=8123", "http://*:8123")]
    [InlineData("PORT=8123 http_ports=8080", "http://*:8123")]
    [InlineData("PORT=8123 urls=http://127.0.0.1:9000", "http://127.0.0.1:9000")]
    [InlineData("http_ports=8080", null)]
    [InlineData("Kestrel:Endpoints:Main:Url=http://127.0.0.1:9000", null)]
    public void Addresses_come_from_the_operator_or_else_from_PORT(string settings, string? expected)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        foreach (var setting in settings.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            builder.Configuration[setting.Split('=')[0]] = setting.Split('=')[1];
        }

        builder.ListenOnPort();

        Assert.Equal(expected, builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));
    }
}
