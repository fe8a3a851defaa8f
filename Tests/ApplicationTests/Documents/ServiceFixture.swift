import PortfolioModel

@testable import Application

enum ServiceFixture {
    static let service = ServiceInfo(
        version: "0.1.0", startedAt: ViewFixture.now.adding(.seconds(-600)), environment: "sandbox")
}
